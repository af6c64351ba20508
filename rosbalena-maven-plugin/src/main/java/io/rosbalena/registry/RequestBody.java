package io.rosbalena.registry;

import io.rosbalena.store.Progress;
import io.rosbalena.tree.BlockStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** The bytes of a request, which tells how many of them have been handed to the connection. */
final class RequestBody {
    private final Source source;
    private final long length;
    private final Progress progress;
    private final AtomicLong sent = new AtomicLong();

    private interface Source {
        InputStream open() throws IOException;
    }

    private RequestBody(Source source, long length, Progress progress) {
        this.source = source;
        this.length = length;
        this.progress = progress;
    }

    static RequestBody of(byte[] bytes) {
        return new RequestBody(() -> new java.io.ByteArrayInputStream(bytes), bytes.length, Progress.SILENT);
    }

    /** A file from an offset to its end. */
    static RequestBody of(Path file, long offset, long length, Progress progress) {
        return new RequestBody(
                () -> {
                    InputStream in = Files.newInputStream(file);
                    in.skipNBytes(offset);
                    return in;
                },
                length,
                progress);
    }

    long length() {
        return length;
    }

    /** Bytes handed to the connection so far, over all attempts. */
    long sent() {
        return sent.get();
    }

    /** A publisher for one attempt; its length is announced, as some registries take no chunked bodies. */
    BodyPublisher publisher() {
        return length == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::open), length);
    }

    private InputStream open() {
        try {
            return new Counted(source.open());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends where the request ends, though the file goes on. */
    private final class Counted extends BlockStream {
        private final InputStream in;
        private long left = length;

        Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(target, offset, (int) Math.min(count, left));
            if (read > 0) {
                left -= read;
                sent.addAndGet(read);
                progress.transferred(read);
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
