package io.rosbalena.device;

import io.rosbalena.tree.BlockStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose reads and writes end when the other side stands still, or the thread is interrupted. Java's HTTP
 * client knows no sockets of the file system, and its streams no such times.
 */
final class Connection implements AutoCloseable {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    private Connection(SocketChannel channel, Selector selector, SelectionKey key) {
        this.channel = channel;
        this.selector = selector;
        this.key = key;
    }

    /**
     * Connects.
     *
     * @param patience how long that may take
     * @throws DeviceException UNREACHABLE
     */
    static Connection to(Endpoint endpoint, Duration patience) throws IOException {
        SocketChannel channel = endpoint.open();
        @Nullable Connection connection = null;
        try {
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            connection = new Connection(channel, selector, channel.register(selector, 0));
            if (!channel.connect(endpoint.address())) {
                connection.await(SelectionKey.OP_CONNECT, patience);
                channel.finishConnect();
            }
            return connection;
        } catch (InterruptedIOException e) {
            close(channel, connection);
            throw e instanceof SocketTimeoutException
                    ? new DeviceException(DeviceException.Kind.UNREACHABLE, endpoint + ": no connection in time", e)
                    : e;
        } catch (IOException e) {
            close(channel, connection);
            throw new DeviceException(DeviceException.Kind.UNREACHABLE, endpoint + ": " + reason(e), e);
        }
    }

    private static void close(SocketChannel channel, @Nullable Connection connection) throws IOException {
        if (connection != null) {
            connection.close();
        }
        channel.close();
    }

    private static String reason(IOException failure) {
        String message = failure.getMessage();
        return message == null ? "no connection" : message.toLowerCase(Locale.ROOT);
    }

    private void await(int operation, Duration patience) throws IOException {
        key.interestOps(operation);
        selector.select(Math.max(1, patience.toMillis()));
        boolean ready = !selector.selectedKeys().isEmpty();
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while waiting for a device");
        }
        if (!ready) {
            throw new SocketTimeoutException("nothing for " + patience.toSeconds() + " s");
        }
    }

    /**
     * What arrives.
     *
     * @param silence after which a read ends in a {@link SocketTimeoutException}; another read may follow it
     */
    InputStream input(Duration silence) {
        return new BlockStream() {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
                while (true) {
                    int read = moved(() -> channel.read(buffer));
                    if (read != 0) {
                        return read;
                    }
                    await(SelectionKey.OP_READ, silence);
                }
            }
        };
    }

    /** What goes wrong here is the other side's doing, unlike what goes wrong with files that are sent. */
    private static int moved(Move move) throws IOException {
        try {
            return move.bytes();
        } catch (IOException e) {
            throw new DeviceException(DeviceException.Kind.SILENT, "the connection broke off", e);
        }
    }

    @FunctionalInterface
    private interface Move {
        int bytes() throws IOException;
    }

    /** Where bytes go. */
    OutputStream output(Duration silence) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
                while (buffer.hasRemaining()) {
                    if (moved(() -> channel.write(buffer)) == 0) {
                        await(SelectionKey.OP_WRITE, silence);
                    }
                }
            }
        };
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
