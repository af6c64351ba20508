package io.rosbalena.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy that only tunnels (RFC 9110 §9.3.6), to one server on this machine, for those who show a credential. */
final class TunnelProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int target;
    private final String credential;
    final List<String> requests = new CopyOnWriteArrayList<>();

    TunnelProxy(int target, String credential) throws IOException {
        this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.target = target;
        this.credential = credential;
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            }
        } catch (SocketException e) {
            threads.shutdown();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            StringBuilder head = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.append(line).append('\n');
            }
            requests.add(head.toString());
            OutputStream out = client.getOutputStream();
            if (!head.toString().contains("Proxy-Authorization: " + credential)) {
                out.write(
                        bytes("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"));
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                out.write(bytes("HTTP/1.1 200 OK\r\n\r\n"));
                threads.execute(() -> copy(server, client));
                client.getInputStream().transferTo(server.getOutputStream());
            }
        } catch (IOException e) {
            // The client hung up, which is how a tunnel ends.
            requests.add("closed");
        }
    }

    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            requests.add("closed");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
