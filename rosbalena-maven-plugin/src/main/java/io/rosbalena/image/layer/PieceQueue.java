package io.rosbalena.image.layer;

import io.rosbalena.image.gzip.Piece;
import io.rosbalena.image.gzip.PieceBuffer;
import io.rosbalena.image.gzip.PieceBuffers;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The pieces of one part on their way into a layer: one thread reads the part and puts them in, idle threads compress or
 * inflate them, one thread takes them in their order. The reader waits while there is no room.
 */
final class PieceQueue {
    private final ExecutorService workers;
    private final PieceBuffers buffers;
    private final PieceRoom.Share room;
    private final BlockingQueue<Future<Optional<Ready>>> pieces = new LinkedBlockingQueue<>();

    /** A piece in a buffer that holds its raw and its packed bytes, both ready to be read. */
    record Ready(Piece piece, PieceBuffer buffer) {}

    /** Fills a queue. */
    @FunctionalInterface
    interface Feed {
        /** Puts all pieces of the part in; what is thrown here is thrown where they are taken, behind the last one. */
        void into(PieceQueue queue) throws IOException;
    }

    PieceQueue(ExecutorService workers, PieceBuffers buffers, PieceRoom.Share room) {
        this.workers = workers;
        this.buffers = buffers;
        this.room = room;
    }

    PieceBuffers buffers() {
        return buffers;
    }

    /** Begins to fill the queue on some thread. */
    void begin(Feed feed, ExecutorService readers) {
        readers.execute(() -> {
            CompletableFuture<Optional<Ready>> end = new CompletableFuture<>();
            try {
                feed.into(this);
                end.complete(Optional.empty());
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
            pieces.add(end);
        });
    }

    /** Puts the next piece in, with what is still to be done for it. */
    void put(Callable<Ready> work) throws IOException {
        try {
            if (!room.take()) {
                throw new IOException("nobody takes the pieces any more");
            }
        } catch (InterruptedException e) {
            throw LayerThreads.interrupted(e);
        }
        pieces.add(workers.submit(() -> Optional.of(work.call())));
    }

    /** Says that the pieces of this part are taken now. */
    void becomeFirst() {
        room.becomeFirst();
    }

    /**
     * Waits for the next piece; empty after the last one. It is given back when it is done with.
     *
     * @throws IOException what kept the part from being read or the piece from being made; unchecked exceptions as they are
     */
    Optional<Ready> take() throws IOException {
        try {
            return pieces.take().get();
        } catch (InterruptedException e) {
            throw LayerThreads.interrupted(e);
        } catch (CancellationException e) {
            throw new IOException("cannot write a layer: its threads have ended", e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /** Says that nobody takes the other pieces: whoever puts them in ends. */
    void leave() {
        room.leave();
    }

    void giveBack(Ready piece) {
        buffers.giveBack(piece.buffer());
        room.giveBack();
    }

    private static IOException failure(ExecutionException e) throws IOException {
        Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
        if (cause instanceof CorruptPartException corrupt) {
            throw corrupt;
        }
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return new IOException("cannot write a layer: " + cause.getMessage(), cause);
    }
}
