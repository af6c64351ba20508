package io.rosbalena.device.shell;

import io.rosbalena.RealTool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** OpenSSH's server on a free port of this machine, for the user of the tests, with programs of its own first on its PATH. */
public final class LocalSshd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");

    private final Process process;
    private final int port;
    private final Path folder;

    private LocalSshd(Process process, int port, Path folder) {
        this.process = process;
        this.port = port;
        this.folder = folder;
    }

    /**
     * Starts it; the test is skipped where it is not installed or the tests do not run as root.
     *
     * @param more lines of its configuration
     */
    public static LocalSshd start(Path folder, String... more) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "skipped: openssh-server is not installed");
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "skipped: the user is not root");
        Files.createDirectories(Path.of("/run/sshd"));
        Path programs = Files.createDirectories(folder.resolve("bin"));
        for (String name : new String[] {"host", "user"}) {
            RealTool.run(
                    folder,
                    "ssh-keygen",
                    "-q",
                    "-t",
                    "ed25519",
                    "-N",
                    "",
                    "-f",
                    folder.resolve(name).toString());
        }
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path config = Files.writeString(
                folder.resolve("sshd_config"),
                String.join(
                        "\n",
                        "ListenAddress 127.0.0.1:" + port,
                        "HostKey " + folder.resolve("host"),
                        "PidFile none",
                        "AuthorizedKeysFile " + folder.resolve("user.pub"),
                        "PermitRootLogin yes",
                        "PasswordAuthentication no",
                        "StrictModes no",
                        "UsePAM no",
                        "SetEnv PATH=" + programs + ":/usr/bin:/bin",
                        String.join("\n", more),
                        ""));
        Process process = new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        LocalSshd server = new LocalSshd(process, port, folder);
        server.await();
        return server;
    }

    private void await() throws IOException {
        for (int attempt = 0; attempt < 600; attempt++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                // Not yet, unless it has ended.
                Assumptions.assumeTrue(
                        process.isAlive(), () -> "skipped: sshd does not start here: " + folder.resolve("sshd.log"));
                java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
            }
        }
        throw new IOException("sshd does not listen");
    }

    public Target target() {
        return Target.device("127.0.0.1", port);
    }

    public Path identity() {
        return folder.resolve("user");
    }

    /** Puts a program of a shell's lines in front of all others. */
    public void program(String name, String... lines) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
