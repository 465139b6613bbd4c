package dev.mooring.auth.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A response that saves the session and sets the cookies just before it is committed: when it is flushed, closed, longer than
 * its buffer, as long as it said it would be, an error, a redirection, or done.
 */
final class CommittingResponse extends HttpServletResponseWrapper {

    private static final int NO_LENGTH = -1;
    private static final String CONTENT_LENGTH = "Content-Length";
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final RequestAuth auth;
    /** Saves what there is to save with a response of that status, and tells the headers {@code Set-Cookie}. */
    private final IntFunction<List<String>> saving;
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
        this(response, auth, auth::finish);
    }

    private CommittingResponse(HttpServletResponse response, RequestAuth auth, IntFunction<List<String>> saving) {
        super(response);
        this.auth = auth;
        this.saving = saving;
        keySent = auth.session().key();
    }

    /** {@return the response for the page that tells of the failure of a request, which saves nothing} */
    static CommittingResponse ofErrorPage(HttpServletResponse response, RequestAuth auth) {
        return new CommittingResponse(response, auth, status -> auth.cookiesOfErrorPage());
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

    /** Saves what there is at the end of a forward or an error page, behind which the container takes no more headers. */
    void finishDispatch() {
        beforeCommit();
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
        saving.apply(getStatus()).forEach(cookie -> addHeader("Set-Cookie", cookie));
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
    public void setHeader(String name, String value) {
        rememberLength(name, value);
        super.setHeader(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        rememberLength(name, value);
        super.addHeader(name, value);
    }

    @Override
    public void setIntHeader(String name, int value) {
        rememberLength(name, Integer.toString(value));
        super.setIntHeader(name, value);
    }

    @Override
    public void addIntHeader(String name, int value) {
        rememberLength(name, Integer.toString(value));
        super.addIntHeader(name, value);
    }

    /** What is no number means the same to us as to the container, which throws or ignores it. */
    private void rememberLength(String name, @Nullable String value) {
        if (CONTENT_LENGTH.equalsIgnoreCase(name)) {
            contentLength = value != null && LENGTH.matcher(value).matches() ? Long.parseLong(value) : NO_LENGTH;
        }
    }

    @Override
    public void flushBuffer() throws IOException {
        beforeCommit();
        super.flushBuffer();
    }

    @Override
    public void sendError(int status) throws IOException {
        beforeCommit(status);
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        beforeCommit(status);
        super.sendError(status, message);
    }

    /** Below 200 it is not the answer yet; Jetty has those. */
    private void beforeCommit(int status) {
        if (status >= SC_OK) {
            setStatus(status);
            beforeCommit();
        }
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        beforeCommit(SC_FOUND);
        super.sendRedirect(location);
    }

    /** Overrides in Servlet 6.1 and later, as do the two below. */
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        beforeCommit(status);
        Servlet61.sendRedirect((HttpServletResponse) getResponse(), location, status, clearBuffer);
    }

    public void sendRedirect(String location, int status) throws IOException {
        sendRedirect(location, status, true);
    }

    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        sendRedirect(location, SC_FOUND, clearBuffer);
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
        contentLength = NO_LENGTH;
        saved = false;
    }
}
