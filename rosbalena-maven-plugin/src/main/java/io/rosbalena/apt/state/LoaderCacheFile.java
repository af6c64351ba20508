package io.rosbalena.apt.state;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The bytes of {@code /etc/ld.so.cache} in the format that glibc writes since 2.32 ({@code sysdeps/generic/dl-cache.h}),
 * little endian.
 *
 * @param entries the libraries, in the order of the file
 * @param generator who wrote it; empty before glibc 2.33
 */
record LoaderCacheFile(List<LoaderEntry> entries, Optional<String> generator) {
    private static final byte[] MAGIC = "glibc-ld.so.cache1.1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 48;
    private static final int ENTRY = 24;
    private static final byte LITTLE_ENDIAN = 2;
    private static final int EXTENSION = 0xeaa42174;
    private static final int EXTENSION_HEADER = 24;

    LoaderCacheFile {
        entries = List.copyOf(entries);
    }

    byte[] bytes() {
        Map<String, Integer> offsets = new HashMap<>();
        byte[] strings = strings(HEADER + ENTRY * entries.size(), offsets);
        int size = HEADER + ENTRY * entries.size() + strings.length;
        int extension = (size + 3) & ~3;
        byte[] signature = generator.orElse("").getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(
                        signature.length == 0 ? size : extension + EXTENSION_HEADER + signature.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        file.put(MAGIC).putInt(entries.size()).putInt(strings.length).put(LITTLE_ENDIAN);
        file.putInt(HEADER - 16, signature.length == 0 ? 0 : extension);
        file.position(HEADER);
        for (LoaderEntry entry : entries) {
            file.putInt(entry.flags())
                    .putInt(offsets.getOrDefault(entry.name(), 0))
                    .putInt(offsets.getOrDefault(entry.path(), 0))
                    .putInt(entry.osVersion())
                    .putLong(entry.capabilities());
        }
        file.put(strings);
        if (signature.length > 0) {
            file.position(extension);
            file.putInt(EXTENSION).putInt(1).putInt(0).putInt(0);
            file.putInt(extension + EXTENSION_HEADER).putInt(signature.length).put(signature);
        }
        return file.array();
    }

    /** Names and paths, each once; one that ends another shares its bytes: sorted from behind, the longer first. */
    private byte[] strings(int start, Map<String, Integer> offsets) {
        TreeSet<String> sorted = new TreeSet<>(LoaderCacheFile::fromBehind);
        entries.forEach(entry -> {
            sorted.add(entry.name());
            sorted.add(entry.path());
        });
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        String previous = "";
        int end = 0;
        for (String string : sorted) {
            byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
            if (previous.isEmpty() || !previous.endsWith(string)) {
                table.writeBytes(bytes);
                table.write(0);
                end = table.size() - 1;
                previous = string;
            }
            offsets.put(string, start + end - bytes.length);
        }
        return table.toByteArray();
    }

    private static int fromBehind(String left, String right) {
        byte[] a = left.getBytes(StandardCharsets.UTF_8);
        byte[] b = right.getBytes(StandardCharsets.UTF_8);
        for (int i = 1; i <= Math.min(a.length, b.length); i++) {
            int difference = (b[b.length - i] & 0xff) - (a[a.length - i] & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(b.length, a.length);
    }

    /** Reads a cache, also one in which the new format follows the old; empty for anything else. */
    static Optional<LoaderCacheFile> parse(byte[] bytes) {
        int start = find(bytes);
        if (start < 0) {
            return Optional.empty();
        }
        ByteBuffer file =
                ByteBuffer.wrap(bytes, start, bytes.length - start).slice().order(ByteOrder.LITTLE_ENDIAN);
        try {
            int count = file.getInt(MAGIC.length);
            List<LoaderEntry> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int at = HEADER + ENTRY * i;
                entries.add(new LoaderEntry(
                        text(file, file.getInt(at + 4)),
                        text(file, file.getInt(at + 8)),
                        file.getInt(at),
                        file.getInt(at + 12),
                        file.getLong(at + 16)));
            }
            return Optional.of(new LoaderCacheFile(entries, generator(file)));
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** The same libraries with others added; of two for the same path the added one stays. */
    LoaderCacheFile with(Collection<LoaderEntry> added, Optional<String> newGenerator) {
        Map<String, LoaderEntry> byPath = new java.util.LinkedHashMap<>();
        entries.forEach(entry -> byPath.put(entry.path() + " " + entry.flags(), entry));
        added.forEach(entry -> byPath.put(entry.path() + " " + entry.flags(), entry));
        return new LoaderCacheFile(
                byPath.values().stream().sorted(LoaderEntry.ORDER).toList(), newGenerator.or(() -> generator));
    }

    private static int find(byte[] bytes) {
        for (int at = 0; at + HEADER <= bytes.length; at += 8) {
            if (java.util.Arrays.equals(bytes, at, at + MAGIC.length, MAGIC, 0, MAGIC.length)) {
                return at;
            }
        }
        return -1;
    }

    private static Optional<String> generator(ByteBuffer file) {
        int extension = file.getInt(HEADER - 16);
        if (extension == 0 || file.getInt(extension) != EXTENSION) {
            return Optional.empty();
        }
        for (int i = 0; i < file.getInt(extension + 4); i++) {
            int section = extension + 8 + 16 * i;
            if (file.getInt(section) == 0) {
                byte[] text = new byte[file.getInt(section + 12)];
                file.get(file.getInt(section + 8), text);
                return Optional.of(new String(text, StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    private static String text(ByteBuffer file, int offset) {
        int end = offset;
        while (file.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - offset];
        file.get(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
