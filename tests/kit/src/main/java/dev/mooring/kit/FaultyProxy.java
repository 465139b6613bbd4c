package dev.mooring.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between driver and server on which packets vanish when told to: it goes on accepting and acknowledging, so no
 * keep-alive ever sees it. Thread-safe.
 */
public final class FaultyProxy implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** How many bytes of answers still pass before the connection is cut. */
    private final AtomicLong passing = new AtomicLong(Long.MAX_VALUE);

    private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();
    private final int target;
    private volatile boolean trickling;
    private boolean requestsStall;
    private boolean answersStall;

    /** Begins to listen, for a server on this machine. */
    public FaultyProxy(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    /** {@return the port to connect to} */
    public int port() {
        return listener.getLocalPort();
    }

    /** Lets nothing through any more, in either direction. */
    public void stall() {
        set(true, true);
    }

    /** Lets the server hear everything and say nothing. */
    public void stallAnswers() {
        set(false, true);
    }

    /** Lets answers through one byte at a time, with a pause after each: so no wait for the next byte is a long one. */
    public void trickle() {
        trickling = true;
    }

    /** Lets everything through, first what was kept. */
    public void heal() {
        trickling = false;
        passing.set(Long.MAX_VALUE);
        set(false, false);
    }

    /** Cuts the connection after {@code bytes} more bytes of answers. */
    public void cutAfter(long bytes) {
        passing.set(bytes);
    }

    /** Does {@code act} as soon as a request with {@code text} in it comes, before that is passed on; once. */
    public void on(String text, Runnable act) {
        trap.set(new Trap(text, act));
    }

    /** Resets all connections. */
    public void reset() {
        for (Socket socket : sockets) {
            try (socket) {
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                // The other end is closed already, and this one with it.
            }
        }
    }

    private void set(boolean requests, boolean answers) {
        lock.lock();
        try {
            requestsStall = requests;
            answersStall = answers;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(server);
                start(() -> pump(client, server, false));
                start(() -> pump(server, client, true));
            } catch (IOException e) {
                // Closed, or a peer that is gone already: the next one may be luckier.
            }
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!answers) {
                    spring(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                }
                awaitPassage(answers);
                int most = answers ? (int) Math.min(read, passing.getAndAdd(-read)) : read;
                write(out, buffer, Math.max(0, most), answers);
                if (most < read) {
                    return;
                }
            }
        } catch (IOException e) {
            // That is how a connection through here ends.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void write(OutputStream out, byte[] buffer, int length, boolean answers) throws IOException {
        int written = 0;
        while (written < length) {
            int most = answers && trickling ? 1 : length - written;
            out.write(buffer, written, most);
            written += most;
            if (answers && trickling) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void spring(String request) {
        Trap set = trap.get();
        if (set != null && request.contains(set.text) && trap.compareAndSet(set, null)) {
            set.act.run();
        }
    }

    private record Trap(String text, Runnable act) {}

    private void awaitPassage(boolean answers) {
        lock.lock();
        try {
            while (answers ? answersStall : requestsStall) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "faulty-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        heal();
        reset();
    }
}
