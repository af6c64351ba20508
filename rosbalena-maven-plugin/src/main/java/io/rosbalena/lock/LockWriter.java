package io.rosbalena.lock;

import io.rosbalena.store.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;

/**
 * Writes a lock: UTF-8, LF, every value in double quotes where YAML could read it as something else, one package a
 * line, everything sorted, so that a version control system shows exactly what changed.
 */
public final class LockWriter {
    /** Stands in a lock only if it answers what tests ask for, too. */
    static final String TESTS_ASKED = "testsAsked";

    private final StringBuilder out = new StringBuilder();

    private LockWriter() {}

    /** The bytes of {@code rosbalena.lock}. */
    public static byte[] write(Lock lock) {
        LockWriter writer = new LockWriter();
        writer.lock(lock);
        return writer.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void lock(Lock lock) {
        line(0, "schema", Integer.toString(Lock.SCHEMA));
        line(0, "asked", lock.asked().toString());
        lock.testsAsked().ifPresent(tests -> line(0, TESTS_ASKED, tests.toString()));
        line(0, "compressor", quote(lock.compressor()));
        section(0, "databases", lock.databases(), Digest::toString);
        section(0, "archives", lock.archives(), LockWriter::archive);
        section(0, "images", lock.images(), LockWriter::image);
        if (lock.platforms().isEmpty()) {
            line(0, "platforms", "{}");
            return;
        }
        out.append("platforms:\n");
        lock.platforms().forEach(this::platform);
    }

    private void platform(String name, LockedPlatform platform) {
        out.append("  ").append(quote(name)).append(":\n");
        line(4, "base", base(platform.base()));
        line(4, "pyc", platform.pyc() ? "yes" : "no");
        section(4, "accounts", platform.accounts(), id -> Integer.toString(id));
        list("packages", platform.packages(), LockWriter::debian);
        list("wheels", platform.wheels(), LockWriter::wheel);
        section(4, "sets", platform.sets(), LockWriter::names);
        section(4, "pruned", platform.pruned(), LockWriter::names);
    }

    private void line(int indent, String name, String value) {
        out.append(" ".repeat(indent))
                .append(quote(name))
                .append(": ")
                .append(value)
                .append('\n');
    }

    private <V> void section(
            int indent, String name, SortedMap<String, V> map, java.util.function.Function<V, String> value) {
        if (map.isEmpty()) {
            line(indent, name, "{}");
            return;
        }
        out.append(" ".repeat(indent)).append(name).append(":\n");
        map.forEach((key, one) -> line(indent + 2, key, value.apply(one)));
    }

    private <V> void list(String name, List<V> items, java.util.function.Function<V, String> value) {
        if (items.isEmpty()) {
            line(4, name, "[]");
            return;
        }
        out.append("    ").append(name).append(":\n");
        items.forEach(item -> out.append("      - ").append(value.apply(item)).append('\n'));
    }

    private static String archive(LockedArchive archive) {
        Flow flow = new Flow()
                .add("origin", archive.origin())
                .add("label", archive.label())
                .add("suite", archive.suite())
                .add("component", archive.component())
                .add("key", archive.key())
                .add("keyExpires", archive.keyExpires().orElse("never"))
                .add("inRelease", archive.inRelease().toString())
                .add("date", archive.date());
        if (!archive.also().isEmpty()) {
            flow.raw("also", names(archive.also().stream().map(Digest::toString).toList()));
        }
        return flow.end();
    }

    private static String image(LockedImage image) {
        Flow flow = new Flow().add("ref", image.ref());
        image.manifests().forEach((platform, digest) -> flow.add(platform, digest.toString()));
        return flow.end();
    }

    private static String base(LockedBase base) {
        return new Flow()
                .add("from", base.from())
                .add("manifest", base.manifest().map(Digest::toString).orElse("none"))
                .raw(
                        "diffIds",
                        names(base.diffIds().stream().map(Digest::toString).toList()))
                .end();
    }

    private static String debian(LockedPackage one) {
        return new Flow()
                .add("name", one.name())
                .add("version", one.version())
                .add("arch", one.arch())
                .add("archive", one.archive())
                .add("filename", one.filename())
                .raw("size", Long.toString(one.size()))
                .add("sha256", one.sha256().toString())
                .add("layer", one.layer())
                .raw("auto", one.auto() ? "yes" : "no")
                .add("why", one.why())
                .end();
    }

    private static String wheel(LockedWheel one) {
        Flow flow = new Flow()
                .add("name", one.name())
                .add("version", one.version())
                .add("filename", one.filename())
                .raw("size", Long.toString(one.size()))
                .add("sha256", one.sha256().toString());
        one.source()
                .ifPresent(source -> flow.add("source", source.filename())
                        .add("sourceSha256", source.sha256().toString()));
        return flow.end();
    }

    private static String names(List<String> names) {
        return names.stream().map(LockWriter::quote).collect(java.util.stream.Collectors.joining(", ", "[", "]"));
    }

    /** Plain where no YAML reader could take it for anything but this text, in double quotes elsewhere. */
    static String quote(String text) {
        return PLAIN.matcher(text).matches() && !WORDS.contains(text)
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static final java.util.regex.Pattern PLAIN =
            java.util.regex.Pattern.compile("[A-Za-z][A-Za-z0-9_./+~-]*(:[A-Za-z0-9_./+~-]+)*");
    private static final java.util.Set<String> WORDS = java.util.Set.of(
            "true", "false", "yes", "no", "on", "off", "null", "True", "False", "Yes", "No", "On", "Off", "Null", "y",
            "n", "Y", "N", "TRUE", "FALSE", "YES", "NO", "ON", "OFF", "NULL");

    /** One flow mapping on a line. */
    private static final class Flow {
        private final StringBuilder text = new StringBuilder("{");

        Flow add(String name, String value) {
            return raw(name, quote(value));
        }

        Flow raw(String name, String value) {
            if (text.length() > 1) {
                text.append(", ");
            }
            text.append(quote(name)).append(": ").append(value);
            return this;
        }

        String end() {
            return text.append('}').toString();
        }
    }
}
