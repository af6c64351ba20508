package io.rosbalena.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between client and server, counts what goes to the server, and lets nothing through after so many bytes. */
public final class CuttingRelay implements AutoCloseable {
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int target;
    private final AtomicLong sent = new AtomicLong();
    private volatile long limit = Long.MAX_VALUE;

    /** @param target the port of the server on this machine */
    public CuttingRelay(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Bytes that went to the server so far. */
    public long sent() {
        return sent.get();
    }

    /** From now on only so many more bytes reach the server; then each connection is cut. */
    public void cutAfter(long bytes) {
        limit = bytes == Long.MAX_VALUE ? bytes : sent.get() + bytes;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                threads.execute(() -> copy(client, server, true));
                threads.execute(() -> copy(server, client, false));
            } catch (IOException e) {
                // Closed, or the server is gone, which the client sees.
            }
        }
    }

    private void copy(Socket from, Socket to, boolean counted) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 12];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (counted && sent.addAndGet(read) > limit) {
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side has closed, so both are.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
