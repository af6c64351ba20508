package io.rosbalena.workspace.manifest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * Manifests as bytes that can be read fast: a head, a checksum of the rest, a table of all texts, and numbers that stand for
 * them. Bytes of another form or with another checksum hold nothing.
 */
final class ManifestCodec {
    /** Another form of these bytes, or another reading of manifests, needs another head. */
    private static final long HEAD = 0x726f732d6d616e31L;

    private static final int HEAD_SIZE = 2 * Long.BYTES;
    private static final int NOTHING = -1;

    private ManifestCodec() {}

    static byte[] encode(SortedMap<String, ManifestMemory.Known> all) {
        Encoder encoder = new Encoder();
        encoder.number(all.size());
        all.forEach((path, known) -> {
            encoder.text(path);
            encoder.text(known.state());
            encoder.manifest(known.manifest());
        });
        byte[] body = encoder.body();
        return ByteBuffer.allocate(HEAD_SIZE + body.length)
                .putLong(HEAD)
                .putLong(checksum(body, 0))
                .put(body)
                .array();
    }

    static Map<String, ManifestMemory.Known> decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < HEAD_SIZE || in.getLong() != HEAD || in.getLong() != checksum(bytes, HEAD_SIZE)) {
            return Map.of();
        }
        Decoder decoder = new Decoder(bytes, in);
        int count = decoder.number();
        Map<String, ManifestMemory.Known> all = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String path = decoder.text();
            all.put(path, new ManifestMemory.Known(decoder.text(), decoder.manifest()));
        }
        return all;
    }

    private static long checksum(byte[] bytes, int from) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, bytes.length - from);
        return checksum.getValue();
    }

    private static final class Encoder {
        private final Map<String, Integer> texts = new LinkedHashMap<>();
        private final ByteArrayOutputStream numbers = new ByteArrayOutputStream();

        byte[] body() {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            write(body, texts.size());
            for (String text : texts.keySet()) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                write(body, bytes.length);
                body.writeBytes(bytes);
            }
            body.writeBytes(numbers.toByteArray());
            return body.toByteArray();
        }

        private static void write(ByteArrayOutputStream out, int number) {
            out.write(number >> 24);
            out.write(number >> 16);
            out.write(number >> 8);
            out.write(number);
        }

        void number(int number) {
            write(numbers, number);
        }

        void text(String text) {
            Integer known = texts.putIfAbsent(text, texts.size());
            number(known == null ? texts.size() - 1 : known);
        }

        private void text(Optional<String> text) {
            text.ifPresentOrElse(this::text, () -> number(NOTHING));
        }

        private void texts(Map<String, String> map) {
            number(map.size());
            map.forEach((name, value) -> {
                text(name);
                text(value);
            });
        }

        void manifest(PackageManifest one) {
            number(one.format());
            text(one.name());
            text(one.version());
            text(one.versionCompatibility());
            text(one.description());
            text(one.plainDescription());
            people(one.maintainers());
            number(one.licenses().size());
            one.licenses().forEach(license -> {
                text(license.name());
                text(license.file());
                number(license.line());
            });
            number(one.urls().size());
            one.urls().forEach(url -> {
                text(url.url());
                text(url.type());
            });
            people(one.authors());
            number(one.dependencies().size());
            one.dependencies().forEach(dependency -> {
                text(dependency.kind().name());
                text(dependency.name());
                texts(new TreeMap<>(dependency.versions()));
                text(dependency.condition());
                number(dependency.line());
            });
            groups(one.groupDepends());
            groups(one.memberOfGroups());
            number(one.exports().size());
            one.exports().forEach(export -> {
                text(export.tag());
                texts(export.attributes());
                text(export.content());
                number(export.line());
            });
            number(one.nameLine());
        }

        private void people(List<Person> people) {
            number(people.size());
            people.forEach(person -> {
                text(person.name());
                text(person.email());
                number(person.line());
            });
        }

        private void groups(List<GroupReference> groups) {
            number(groups.size());
            groups.forEach(group -> {
                text(group.name());
                text(group.condition());
                number(group.line());
            });
        }
    }

    private static final class Decoder {
        private final ByteBuffer in;
        private final String[] texts;

        Decoder(byte[] bytes, ByteBuffer in) {
            this.in = in;
            this.texts = new String[in.getInt()];
            for (int i = 0; i < texts.length; i++) {
                int length = in.getInt();
                texts[i] = new String(bytes, in.position(), length, StandardCharsets.UTF_8);
                in.position(in.position() + length);
            }
        }

        int number() {
            return in.getInt();
        }

        String text() {
            return texts[in.getInt()];
        }

        private Optional<String> optional() {
            int number = in.getInt();
            return number == NOTHING ? Optional.empty() : Optional.of(texts[number]);
        }

        private Map<String, String> texts() {
            int count = number();
            Map<String, String> map = count == 0 ? Map.of() : new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                String name = text();
                map.put(name, text());
            }
            return map;
        }

        private <T> List<T> list(Supplier<T> item) {
            int count = number();
            List<T> list = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                list.add(item.get());
            }
            return list;
        }

        PackageManifest manifest() {
            return new PackageManifest(
                    number(),
                    text(),
                    text(),
                    optional(),
                    text(),
                    text(),
                    list(this::person),
                    list(() -> new License(text(), optional(), number())),
                    list(() -> new Url(text(), text())),
                    list(this::person),
                    list(() -> new Dependency(DependencyKind.valueOf(text()), text(), texts(), optional(), number())),
                    list(this::group),
                    list(this::group),
                    list(() -> new Export(text(), texts(), text(), number())),
                    number());
        }

        private Person person() {
            return new Person(text(), optional(), number());
        }

        private GroupReference group() {
            return new GroupReference(text(), optional(), number());
        }
    }
}
