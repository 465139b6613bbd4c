package dev.mooring.auth.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A response that saves the session and sets the cookies just before it is committed: when it is flushed, closed, longer than
 * its buffer, as long as it said it would be, an error, a redirection, or done.
 */
final class CommittingResponse extends HttpServletResponseWrapper {

    private static final int NO_LENGTH = -1;

    private final RequestAuth auth;
    /** An asynchronous request can end on one thread while another still leaves the filter. */
    private final ReentrantLock lock = new ReentrantLock();

    private long contentLength = NO_LENGTH;
    private long written;
    private boolean saved;
    private boolean abandoned;
    /** What the browser knows. */
    private Optional<String> keySent;

    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;

    CommittingResponse(HttpServletResponse response, RequestAuth auth) {
        super(response);
        this.auth = auth;
        keySent = auth.session().key();
    }

    RequestAuth auth() {
        return auth;
    }

    /** Saves nothing from now on: the request failed. */
    void abandon() {
        lock.lock();
        try {
            abandoned = true;
        } finally {
            lock.unlock();
        }
    }

    /** Saves what there is at the end of the request. */
    void finish() {
        lock.lock();
        try {
            if (!saved && !isCommitted()) {
                beforeCommit();
            } else if (!abandoned) {
                auth.finishLate(keySent);
            }
        } finally {
            lock.unlock();
        }
    }

    private void beforeCommit() {
        lock.lock();
        try {
            if (!saved && !abandoned && !isCommitted()) {
                saved = true;
                save();
            }
        } finally {
            lock.unlock();
        }
    }

    private void save() {
        auth.finish(getStatus()).forEach(cookie -> addHeader("Set-Cookie", cookie));
        if (auth.variesByCookie()) {
            addHeader("Vary", "Cookie");
        }
        keySent = auth.session().key();
    }

    /** Called before {@code more} bytes, or perhaps fewer, are written. */
    void beforeWriting(long more) {
        written += more;
        if (written >= getBufferSize() || (contentLength >= 0 && written >= contentLength)) {
            beforeCommit();
        }
    }

    void beforeFlushing() {
        beforeCommit();
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = new CommittingStream(super.getOutputStream(), this);
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = new CommittingWriter(super.getWriter(), this);
        }
        return writer;
    }

    @Override
    public void setContentLength(int length) {
        contentLength = length;
        super.setContentLength(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        contentLength = length;
        super.setContentLengthLong(length);
    }

    @Override
    public void flushBuffer() throws IOException {
        beforeCommit();
        super.flushBuffer();
    }

    @Override
    public void sendError(int status) throws IOException {
        setStatus(status);
        beforeCommit();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        setStatus(status);
        beforeCommit();
        super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        setStatus(SC_FOUND);
        beforeCommit();
        super.sendRedirect(location);
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        written = 0;
    }

    /** The cookies go with the other headers, and are set again when the response is committed. */
    @Override
    public void reset() {
        super.reset();
        written = 0;
        saved = false;
    }
}
