package io.rosbalena.transfer;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.BlobWriter;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One blob on its way into the store, over as many connections as it takes (RFC 9110 §14: Range, If-Range). */
public final class Download implements AutoCloseable {
    // Where the size is not known beforehand, something has to end a stream without end.
    private static final long UNKNOWN_LIMIT = 16L << 30;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/.*");

    private final HttpSource source;
    private final URI uri;
    private final long size;
    private final BlobStore store;
    private final Progress progress;
    private BlobWriter writer;
    private Optional<String> validator = Optional.empty();
    private long reported;

    private Download(HttpSource source, URI uri, long size, BlobStore store, Progress progress) throws IOException {
        this.source = source;
        this.uri = uri;
        this.size = size;
        this.store = store;
        this.progress = progress;
        this.writer = store.create();
    }

    /**
     * Brings a blob into the store.
     *
     * @param size how many bytes it must have, or -1 when unknown
     * @throws io.rosbalena.store.DigestMismatchException if the bytes are not the promised ones; nothing is stored
     * @throws IOException if the source fails for good
     */
    public static void fetch(
            HttpSource source,
            URI uri,
            Digest expected,
            long size,
            BlobStore store,
            Progress progress,
            TransferSettings.Patience patience)
            throws IOException {
        try (Download download = new Download(source, uri, size, store, progress)) {
            Retries retries = new Retries(patience);
            while (true) {
                long before = download.received();
                try {
                    download.attempt();
                    break;
                } catch (BrokenTransferException e) {
                    retries.pause(e, download.received() > before);
                }
            }
            download.commit(expected);
        }
    }

    /** Bytes that stand in the store's scratch file. */
    private long received() {
        return writer.size();
    }

    /** Goes on from what is there; returns when the body has come to its end. */
    private void attempt() throws IOException {
        if (size >= 0 && writer.size() == size) {
            return;
        }
        Map<String, String> headers = new HashMap<>();
        if (writer.size() > 0) {
            headers.put("Range", "bytes=" + writer.size() + "-");
            validator.ifPresent(value -> headers.put("If-Range", value));
        }
        try (Answer answer = source.send(uri, headers)) {
            if (!begin(answer)) {
                answer.drain();
                restart();
                throw new BrokenTransferException(Location.show(uri) + " cannot go on in the middle", Optional.empty());
            }
            copy(answer);
        }
    }

    private void commit(Digest expected) throws IOException {
        writer.commit(expected);
    }

    private boolean begin(Answer answer) throws IOException {
        if (answer.status() == 206) {
            Matcher range = CONTENT_RANGE.matcher(
                    answer.headers().firstValue("Content-Range").orElse(""));
            return range.matches() && Long.parseLong(range.group(1)) == writer.size();
        }
        if (answer.status() != 200) {
            if (answer.status() == 416 && writer.size() > 0) {
                return false;
            }
            throw new TransferException(
                    TransferException.Kind.STATUS, Location.show(uri) + " answered " + answer.status());
        }
        if (writer.size() > 0) {
            restart();
        }
        if (size >= 0 && answer.length() >= 0 && answer.length() != size) {
            throw wrongSize(answer.length());
        }
        // A weak ETag does not promise equal bytes, so it cannot join two halves (RFC 9110 §13.1.5).
        validator = answer.headers()
                .firstValue("ETag")
                .filter(tag -> !tag.startsWith("W/"))
                .or(() -> answer.headers().firstValue("Last-Modified"));
        return true;
    }

    private void restart() throws IOException {
        writer.close();
        writer = store.create();
    }

    private void copy(Answer answer) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long limit = size >= 0 ? size : UNKNOWN_LIMIT;
        while (true) {
            int read = next(answer, buffer);
            if (read < 0) {
                break;
            }
            if (writer.size() + read > limit) {
                throw wrongSize(writer.size() + read);
            }
            writer.write(buffer, 0, read);
            if (writer.size() > reported) {
                progress.transferred(writer.size() - reported);
                reported = writer.size();
            }
        }
        if (size >= 0 && writer.size() != size) {
            throw wrongSize(writer.size());
        }
    }

    private int next(Answer answer, byte[] buffer) throws IOException {
        try {
            return answer.body().read(buffer);
        } catch (SocketTimeoutException e) {
            throw broken(e);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private BrokenTransferException broken(IOException cause) {
        return new BrokenTransferException(
                Location.show(uri) + ": the connection broke after " + writer.size() + " bytes", cause);
    }

    private TransferException wrongSize(long found) {
        return new TransferException(
                TransferException.Kind.SIZE,
                Location.show(uri) + " has "
                        + (size < 0
                                ? "more than " + UNKNOWN_LIMIT + " bytes"
                                : (found > size ? "at least " : "") + found + " bytes instead of " + size));
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
