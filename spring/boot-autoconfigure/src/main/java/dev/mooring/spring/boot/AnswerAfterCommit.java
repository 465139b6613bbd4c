package dev.mooring.spring.boot;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The response as a handler sees it: a redirect that it sends goes out when its transactions are committed, so that the client finds
 * there what the handler did, and hears of a commit that failed. What the handler writes is not kept. For the thread of the handler
 * until {@link #commit()}; then as the response behind it.
 */
final class AnswerAfterCommit extends HttpServletResponseWrapper {

    private final RequestTransactions transactions;
    private @Nullable Redirect redirect;
    private boolean committed;

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
        if (committed) {
            sent.send();
        } else if (isCommitted()) {
            throw new IllegalStateException("A redirect was sent after the response had been sent");
        } else {
            redirect = sent;
        }
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
}
