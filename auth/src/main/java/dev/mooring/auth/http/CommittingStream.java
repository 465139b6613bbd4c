package dev.mooring.auth.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** The stream of a {@link CommittingResponse}. */
final class CommittingStream extends ServletOutputStream {

    private final ServletOutputStream stream;
    private final CommittingResponse response;

    CommittingStream(ServletOutputStream stream, CommittingResponse response) {
        this.stream = stream;
        this.response = response;
    }

    @Override
    public void write(int b) throws IOException {
        response.beforeWriting(1);
        stream.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        response.beforeWriting(length);
        stream.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        response.beforeFlushing();
        stream.flush();
    }

    @Override
    public void close() throws IOException {
        response.beforeFlushing();
        stream.close();
    }

    @Override
    public boolean isReady() {
        return stream.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        stream.setWriteListener(listener);
    }
}
