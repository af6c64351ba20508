package io.rosbalena.transfer;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Transfers over the Java platform's HTTP client: connections are reused, failures that may pass are retried with
 * growing pauses ({@code Retry-After} is honoured within bounds), a broken download goes on where it stopped. An
 * interrupt of the calling thread ends a transfer with {@link InterruptedIOException}.
 */
public final class HttpTransfer implements Transfer {
    private final TransferSettings settings;
    private @Nullable HttpGet get;

    /** Uses the network only when the first transfer needs it. */
    public HttpTransfer(TransferSettings settings) {
        this.settings = settings;
    }

    @Override
    public byte[] read(URI uri, long limit) throws IOException {
        if (Location.isFile(uri)) {
            return LocalFiles.read(uri, limit);
        }
        HttpGet http = online(uri);
        Retries retries = new Retries(settings.patience());
        while (true) {
            try {
                return readOnce(http, uri, limit);
            } catch (BrokenTransferException e) {
                retries.pause(e, false);
            }
        }
    }

    private static byte[] readOnce(HttpGet http, URI uri, long limit) throws IOException {
        try (Answer answer = http.send(uri, Map.of())) {
            if (answer.status() != 200) {
                throw new TransferException(
                        TransferException.Kind.STATUS, Location.show(uri) + " answered " + answer.status());
            }
            if (answer.length() > limit) {
                throw Bounded.tooLarge(uri, limit);
            }
            return Bounded.read(answer.body(), limit, uri);
        } catch (BrokenTransferException | TransferException | NotFoundException e) {
            throw e;
        } catch (SocketTimeoutException e) {
            throw new BrokenTransferException(Location.show(uri) + ": " + e.getMessage(), e);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new BrokenTransferException(Location.show(uri) + ": the connection broke", e);
        }
    }

    @Override
    public void fetch(URI uri, Digest expected, long size, BlobStore store, Progress progress) throws IOException {
        if (store.has(expected)) {
            return;
        }
        if (Location.isFile(uri)) {
            LocalFiles.fetch(uri, expected, size, store);
            return;
        }
        Download.fetch(online(uri), uri, expected, size, store, progress, settings.patience());
    }

    private synchronized HttpGet online(URI uri) throws IOException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
            throw new TransferException(
                    TransferException.Kind.ADDRESS, Location.show(uri) + " is not an http, https or file address");
        }
        if (settings.offline()) {
            throw new OfflineException(Location.nameable(uri));
        }
        if (get == null) {
            get = new HttpGet(HttpClients.create(settings), settings);
        }
        return get;
    }
}
