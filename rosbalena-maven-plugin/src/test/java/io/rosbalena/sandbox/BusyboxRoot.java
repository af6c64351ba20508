package io.rosbalena.sandbox;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Assumptions;

/** A small root of Debian's statically linked busybox. */
public final class BusyboxRoot {
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private BusyboxRoot() {}

    /** Writes the root as a tar; the calling test is skipped where busybox-static is not installed. */
    static TarSource tar() {
        Assumptions.assumeTrue(Files.exists(BUSYBOX), "skipped: busybox-static is not installed");
        return BusyboxRoot::write;
    }

    /** The root, unpacked into a store. */
    public static Path unpack(BlobStore store) throws IOException, InterruptedException {
        return Roots.in(store).unpack(Digest.of("busybox"), tar(), Progress.SILENT);
    }

    private static void write(OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
        for (String folder : List.of("bin", "dev", "etc", "proc", "run", "tmp", "in", "out", "tür")) {
            TarArchiveEntry entry = new TarArchiveEntry(folder + "/");
            entry.setMode(folder.equals("tmp") ? 01777 : 0755);
            put(tar, entry, new byte[0]);
        }
        byte[] busybox = Files.readAllBytes(BUSYBOX);
        TarArchiveEntry program = new TarArchiveEntry("bin/busybox");
        program.setMode(0755);
        program.setSize(busybox.length);
        put(tar, program, busybox);
        for (String name : List.of(
                "sh",
                "ls",
                "cat",
                "id",
                "hostname",
                "env",
                "ip",
                "stat",
                "kill",
                "sleep",
                "mkdir",
                "rm",
                "ln",
                "mv",
                "grep",
                "setsid",
                "ps",
                "tty",
                "mount",
                "mknod",
                "yes",
                "head")) {
            TarArchiveEntry link = new TarArchiveEntry("bin/" + name, TarConstants.LF_SYMLINK);
            link.setLinkName("busybox");
            put(tar, link, new byte[0]);
        }
        byte[] text = "root:x:0:0:root:/root:/bin/sh\n".getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry passwd = new TarArchiveEntry("etc/passwd");
        passwd.setMode(0644);
        passwd.setIds(1234, 1234);
        passwd.setModTime(946684800_000L);
        passwd.setSize(text.length);
        put(tar, passwd, text);
        tar.finish();
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content) throws IOException {
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
