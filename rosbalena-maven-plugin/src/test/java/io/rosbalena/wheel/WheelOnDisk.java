package io.rosbalena.wheel;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Makes wheels, good ones and others. */
public final class WheelOnDisk {
    private final String name;
    private final String version;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, Integer> modes = new HashMap<>();
    private final StringBuilder record = new StringBuilder();
    private String tag = "py3-none-any";
    private String wheelVersion = "1.0";
    private final List<String> requires = new ArrayList<>();
    private String python = "";
    private String license = "";

    private WheelOnDisk(String name, String version) {
        this.name = name;
        this.version = version;
    }

    /** A wheel that holds nothing but its metadata. */
    public static WheelOnDisk of(String name, String version, String... requires) {
        WheelOnDisk wheel = new WheelOnDisk(name, version);
        wheel.requires.addAll(List.of(requires));
        return wheel;
    }

    /** Says in its metadata which Python it is for. */
    public WheelOnDisk python(String specifiers) {
        python = "Requires-Python: " + specifiers + "\n";
        return this;
    }

    /** Says in its metadata which license it has. */
    public WheelOnDisk license(String expression) {
        license = "License-Expression: " + expression + "\n";
        return this;
    }

    public WheelOnDisk tag(String other) {
        tag = other;
        return this;
    }

    public WheelOnDisk wheelVersion(String other) {
        wheelVersion = other;
        return this;
    }

    public WheelOnDisk metadata(String file, String text) {
        return file(name + "-" + version + ".dist-info/" + file, text);
    }

    /** A file that its record lists. */
    public WheelOnDisk file(String path, String text) {
        record.append(path.contains(",") ? '"' + path + '"' : path)
                .append(",sha256=")
                .append(digest(text))
                .append(',')
                .append(text.length())
                .append('\n');
        return unlisted(path, text);
    }

    public WheelOnDisk executable(String path, String text) {
        modes.put(path, 0100755);
        return file(path, text);
    }

    public WheelOnDisk link(String path, String target) {
        modes.put(path, 0120777);
        return file(path, target);
    }

    /** A file that the record does not know. */
    public WheelOnDisk unlisted(String path, String text) {
        files.put(path, text);
        return this;
    }

    /** The same path once more, with other bytes than the record lists. */
    public WheelOnDisk changed(String path, String text) {
        return unlisted(path, text);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public String filename() {
        return name + "-" + version + "-" + tag + ".whl";
    }

    public Path write(Path folder) throws IOException {
        StringBuilder metadata =
                new StringBuilder("Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n");
        requires.forEach(one -> metadata.append("Requires-Dist: ").append(one).append('\n'));
        metadata("METADATA", metadata + python + license + "\nAbout it.\n");
        Map<String, String> all = new LinkedHashMap<>(files);
        String distInfo = name + "-" + version + ".dist-info/";
        String wheel = "Wheel-Version: " + wheelVersion + "\nRoot-Is-Purelib: true\nTag: " + tag + "\n";
        all.put(distInfo + "WHEEL", wheel);
        record.append(distInfo)
                .append("WHEEL,sha256=")
                .append(digest(wheel))
                .append(",\n")
                .append(distInfo)
                .append("RECORD,,\n");
        all.putIfAbsent(distInfo + "RECORD", record.toString());
        Path file = folder.resolve(filename());
        Files.createDirectories(folder);
        try (OutputStream out = Files.newOutputStream(file);
                ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
            for (String path : List.copyOf(all.keySet())) {
                ZipArchiveEntry entry = new ZipArchiveEntry(path);
                entry.setUnixMode(modes.getOrDefault(path, 0100644));
                entry.setTime(315532800000L);
                zip.putArchiveEntry(entry);
                zip.write(all.get(path).getBytes(StandardCharsets.UTF_8));
                zip.closeArchiveEntry();
            }
        }
        return file;
    }
}
