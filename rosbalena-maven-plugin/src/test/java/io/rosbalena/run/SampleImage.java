package io.rosbalena.run;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Assumptions;

/** Layers for images of Debian's statically linked busybox, put together file by file. */
final class SampleImage {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final List<String> APPLETS = List.of(
            "sh",
            "ls",
            "cat",
            "id",
            "hostname",
            "env",
            "stat",
            "kill",
            "sleep",
            "mkdir",
            "rm",
            "mv",
            "grep",
            "echo",
            "ps",
            "pwd",
            "mount",
            "touch",
            "readlink",
            "head",
            "test",
            "wc",
            "cut",
            "sync",
            "setsid",
            "date",
            "chown");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    /** A layer with busybox under its usual names; the calling test is skipped where busybox-static is not installed. */
    static SampleImage busybox() throws IOException {
        Assumptions.assumeTrue(Files.exists(BUSYBOX), "skipped: busybox-static is not installed");
        SampleImage layer = new SampleImage().directory("bin").directory("etc").directory("tmp");
        layer.file("bin/busybox", 0755, Files.readAllBytes(BUSYBOX));
        for (String applet : APPLETS) {
            layer.link("bin/" + applet, "busybox");
        }
        return layer;
    }

    SampleImage directory(String path) throws IOException {
        return put(path + "/", TarConstants.LF_DIR, 0755, "", new byte[0]);
    }

    SampleImage file(String path, String content) throws IOException {
        return file(path, 0644, content.getBytes(StandardCharsets.UTF_8));
    }

    SampleImage file(String path, int mode, byte[] content) throws IOException {
        return put(path, TarConstants.LF_NORMAL, mode, "", content);
    }

    SampleImage link(String path, String target) throws IOException {
        return put(path, TarConstants.LF_SYMLINK, 0777, target, new byte[0]);
    }

    SampleImage hardLink(String path, String target) throws IOException {
        return put(path, TarConstants.LF_LINK, 0644, target, new byte[0]);
    }

    SampleImage device(String path) throws IOException {
        return put(path, TarConstants.LF_CHR, 0666, "", new byte[0]);
    }

    byte[] archive() throws IOException {
        tar.finish();
        return bytes.toByteArray();
    }

    /** Stores the layer, compressed. */
    ServiceLayer store(BlobStore store) throws IOException {
        byte[] archive = archive();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(archive);
        }
        return new ServiceLayer(store.put(compressed.toByteArray()), Digest.of(archive));
    }

    private SampleImage put(String path, byte type, int mode, String target, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path, type, true);
        entry.setMode(mode);
        entry.setModTime(946684800_000L);
        entry.setLinkName(target);
        entry.setSize(content.length);
        if (type == TarConstants.LF_CHR) {
            entry.setDevMajor(1);
            entry.setDevMinor(3);
        }
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
        return this;
    }
}
