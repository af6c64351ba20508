package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.ControlStanza;
import io.rosbalena.apt.elf.Linkages;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Facts as JSON; the files are one text with a line each, since a system has tens of thousands of them. */
public final class DebFactsCodec implements Codec<DebFacts> {
    @Override
    public Object encode(DebFacts facts) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "stanza",
                facts.stanza().fields().stream()
                        .map(field -> List.of(field.name(), field.value()))
                        .toList());
        document.put("files", text(facts.files()));
        Map<String, String> links = new LinkedHashMap<>();
        facts.files().stream()
                .filter(file -> !file.target().isEmpty())
                .forEach(file -> links.put(file.path().text(), file.target()));
        document.put("links", links);
        document.put(
                "conffiles",
                facts.conffiles().stream()
                        .map(conffile -> List.of(conffile.path(), conffile.md5(), conffile.removeOnUpgrade()))
                        .toList());
        document.put("members", List.copyOf(facts.members()));
        document.put("scripts", facts.scripts());
        document.put("triggers", facts.triggers());
        document.put(
                "libraries",
                facts.libraries().stream()
                        .map(library ->
                                List.of(library.path().text(), library.flags(), library.soname(), library.osVersion()))
                        .toList());
        document.put("linkages", Linkages.CODEC.encode(facts.linkages()));
        Map<String, Object> contents = new LinkedHashMap<>();
        facts.contents().forEach((path, content) -> contents.put(path.text(), base64(content)));
        document.put("contents", contents);
        document.put("licenses", facts.licenses());
        facts.loaderGenerator().ifPresent(generator -> document.put("loaderGenerator", generator));
        return document;
    }

    @Override
    public DebFacts decode(JsonValue document) throws IOException {
        List<ControlStanza.Field> fields = new ArrayList<>();
        for (JsonValue field : document.get("stanza").items()) {
            fields.add(new ControlStanza.Field(
                    field.items().get(0).string(), field.items().get(1).string()));
        }
        List<FileFact> files = new ArrayList<>();
        JsonValue links = document.get("links");
        String lines = document.get("files").string();
        for (String line : lines.split("\n", -1)) {
            if (!line.isEmpty()) {
                files.add(file(line, links));
            }
        }
        List<ConffileFact> conffiles = new ArrayList<>();
        for (JsonValue item : document.get("conffiles").items()) {
            List<JsonValue> values = item.items();
            conffiles.add(new ConffileFact(
                    values.get(0).string(),
                    values.get(1).string(),
                    values.get(2).flag()));
        }
        SortedMap<String, String> scripts = new TreeMap<>();
        for (Map.Entry<String, JsonValue> script :
                document.get("scripts").members().entrySet()) {
            scripts.put(script.getKey(), script.getValue().string());
        }
        List<List<String>> triggers = new ArrayList<>();
        for (JsonValue line : document.get("triggers").items()) {
            triggers.add(line.strings());
        }
        List<LibraryFact> libraries = new ArrayList<>();
        for (JsonValue item : document.get("libraries").items()) {
            List<JsonValue> values = item.items();
            libraries.add(new LibraryFact(
                    new TreePath(values.get(0).string()),
                    (int) values.get(1).number(),
                    values.get(2).string(),
                    (int) values.get(3).number()));
        }
        SortedMap<TreePath, Content> contents = new TreeMap<>();
        for (Map.Entry<String, JsonValue> content :
                document.get("contents").members().entrySet()) {
            byte[] bytes = Base64.getDecoder().decode(content.getValue().string());
            contents.put(new TreePath(content.getKey()), Content.of(bytes));
        }
        Optional<JsonValue> generator = document.find("loaderGenerator");
        return new DebFacts(
                new ControlStanza(fields),
                files,
                conffiles,
                new TreeSet<>(document.get("members").strings()),
                scripts,
                triggers,
                libraries,
                Linkages.CODEC.decode(document.get("linkages")),
                contents,
                document.get("licenses").strings(),
                generator.isPresent() ? Optional.of(generator.get().string()) : Optional.empty());
    }

    @Override
    public List<Digest> blobs(DebFacts facts) {
        return List.of();
    }

    /** A line cannot be broken by a path: no package may have a line break in a name. */
    private static String text(List<FileFact> files) {
        StringBuilder text = new StringBuilder();
        for (FileFact file : files) {
            text.append(file.kind()).append(' ');
            text.append(file.mode()).append(' ');
            text.append(file.uid()).append(' ').append(file.gid()).append(' ');
            text.append(file.size()).append(' ');
            text.append(file.path().text()).append('\n');
        }
        return text.toString();
    }

    private static FileFact file(String text, JsonValue links) throws IOException {
        String[] fields = text.split(" ", 6);
        if (fields.length < 6) {
            throw new IOException("not a file: " + text);
        }
        Optional<JsonValue> target = links.find(fields[5]);
        return new FileFact(
                new TreePath(fields[5]),
                Entry.Kind.valueOf(fields[0]),
                Integer.parseInt(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]),
                target.isPresent() ? target.get().string() : "");
    }

    private static String base64(Content content) {
        try {
            return Base64.getEncoder().encodeToString(content.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }
}
