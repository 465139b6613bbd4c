package dev.mooring.spring.boot;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * The response as a handler sees it: a redirect that it sends goes out when its transactions are committed, so that the client finds
 * there what the handler did, and hears of a commit that failed. Until then nothing else is an answer, as after a redirect that has
 * gone out. What a handler writes without a redirect goes straight to the response. For the thread of the handler until
 * {@link #commit()}; then it does what the response behind it does.
 */
final class AnswerAfterCommit extends HttpServletResponseWrapper {

    private final RequestTransactions transactions;
    private @Nullable Redirect redirect;
    private boolean committed;
    private boolean inAnother;

    AnswerAfterCommit(HttpServletResponse response, RequestTransactions transactions) {
        super(response);
        this.transactions = transactions;
    }

    /** Commits the transactions as {@link RequestTransactions#commit()} does, and sends the redirect. The second time does nothing. */
    void commit() throws IOException {
        transactions.commit();
        committed = true;
        Redirect kept = redirect;
        redirect = null;
        if (kept != null) {
            kept.send();
        }
    }

    /**
     * Says whether another handler runs inside this one, which forwards to it. Its redirect goes out at once, since containers finish
     * the response at the end of a forward.
     */
    void inAnother(boolean isSo) {
        inAnother = isSo;
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        keep(() -> super.sendRedirect(location));
    }

    /** Is called from Servlet 6.1 on. */
    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        keep(() -> super.sendRedirect(location, status, clearBuffer));
    }

    private void keep(Redirect sent) throws IOException {
        if (committed || inAnother) {
            sent.send();
        } else if (isCommitted()) {
            throw new IllegalStateException("A redirect was sent after the response had been sent");
        } else {
            redirect = sent;
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        requireNoRedirect(status);
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        requireNoRedirect(status);
        super.sendError(status, message);
    }

    private void requireNoRedirect(int status) {
        if (redirect != null) {
            throw new IllegalStateException(
                    "An error of status " + status + " was sent after a redirect had been sent");
        }
    }

    /** {@return where the body is written to} Containers discard it after a redirect, and close this after a forward to one. */
    @Override
    public PrintWriter getWriter() throws IOException {
        return redirect == null ? super.getWriter() : new PrintWriter(Writer.nullWriter());
    }

    /** {@return where the body is written to} It is discarded as with {@link #getWriter()}. */
    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return redirect == null ? super.getOutputStream() : new Discarded();
    }

    /** {@return whether the response has been sent} That is so for the handler as soon as it has sent a redirect. */
    @Override
    public boolean isCommitted() {
        return redirect != null || super.isCommitted();
    }

    @Override
    public void flushBuffer() throws IOException {
        if (redirect == null) {
            super.flushBuffer();
        }
    }

    @FunctionalInterface
    private interface Redirect {
        void send() throws IOException;
    }

    private static final class Discarded extends ServletOutputStream {

        @Override
        public void write(int written) {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("A redirect has been sent");
        }
    }
}
