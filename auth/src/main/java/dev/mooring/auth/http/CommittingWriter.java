package dev.mooring.auth.http;

import java.io.PrintWriter;

/** The writer of a {@link CommittingResponse}. */
final class CommittingWriter extends PrintWriter {

    /** No charset that the web uses needs more for a {@code char}. */
    private static final int MOST_BYTES = 4;

    private final PrintWriter writer;
    private final CommittingResponse response;

    CommittingWriter(PrintWriter writer, CommittingResponse response) {
        super(writer);
        this.writer = writer;
        this.response = response;
    }

    @Override
    public void write(int c) {
        response.beforeWriting(MOST_BYTES);
        writer.write(c);
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        response.beforeWriting((long) MOST_BYTES * length);
        writer.write(characters, offset, length);
    }

    @Override
    public void write(String text, int offset, int length) {
        response.beforeWriting((long) MOST_BYTES * length);
        writer.write(text, offset, length);
    }

    @Override
    public void println() {
        write(System.lineSeparator());
    }

    @Override
    public void flush() {
        response.beforeFlushing();
        writer.flush();
    }

    @Override
    public void close() {
        response.beforeFlushing();
        writer.close();
    }

    /** Flushes too. */
    @Override
    public boolean checkError() {
        response.beforeFlushing();
        return writer.checkError();
    }
}
