package io.rosbalena.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response's body as a stream whose reads end when the thread is interrupted, and when no byte comes for a while: the
 * platform's own stream knows no such time.
 */
public final class BodyStream extends InputStream implements BodySubscriber<BodyStream> {
    private final Duration silence;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> ready = new ArrayDeque<>();
    private final Object guard = new Object();
    private Flow.@Nullable Subscription subscription;
    private boolean closed;
    private boolean ended;

    BodyStream(Duration silence) {
        this.silence = silence;
    }

    /** A body without bytes. */
    static BodyStream empty() {
        BodyStream empty = new BodyStream(Duration.ZERO);
        empty.ended = true;
        return empty;
    }

    private sealed interface Event permits Bytes, End, Failure {}

    private record Bytes(List<ByteBuffer> buffers) implements Event {}

    private record End() implements Event {}

    private record Failure(Throwable cause) implements Event {}

    @Override
    public CompletionStage<BodyStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        boolean late;
        synchronized (guard) {
            late = closed;
            subscription = given;
        }
        if (late) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        events.add(new Bytes(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        events.add(new Failure(failure));
    }

    @Override
    public void onComplete() {
        events.add(new End());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            ByteBuffer buffer = ready.peek();
            if (buffer == null) {
                await();
            } else if (!buffer.hasRemaining()) {
                ready.remove();
            } else {
                int count = Math.min(length, buffer.remaining());
                buffer.get(target, offset, count);
                return count;
            }
        }
        return -1;
    }

    private void await() throws IOException {
        Event event;
        try {
            event = events.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("the transfer was interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
        if (event == null) {
            close();
            throw new SocketTimeoutException("no byte came for " + silence.toSeconds() + " s");
        }
        if (event instanceof Bytes bytes) {
            ready.addAll(bytes.buffers());
            more();
        } else if (event instanceof Failure failure) {
            throw new IOException(failure.cause());
        } else {
            ended = true;
        }
    }

    private void more() {
        Flow.Subscription current;
        synchronized (guard) {
            current = subscription;
        }
        if (current != null) {
            current.request(1);
        }
    }

    /** Ends the transfer; a body that was read to its end leaves the connection open for the next request. */
    @Override
    public void close() {
        Flow.Subscription current;
        synchronized (guard) {
            closed = true;
            current = subscription;
        }
        if (current != null && !ended) {
            current.cancel();
        }
    }
}
