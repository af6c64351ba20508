package io.rosbalena.colcon;

import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.symbols.BuildId;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes an {@link InstallTree} as JSON with one object for each file. */
final class InstallTreeCodec implements Codec<InstallTree> {
    @Override
    public Object encode(InstallTree tree) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("package", tree.packageName());
        document.put("interface", tree.interfaceDigest().toString());
        document.put("environment", tree.environmentDigest().toString());
        document.put(
                "files", tree.files().stream().map(InstallTreeCodec::encode).toList());
        document.put(
                "debug", tree.debug().stream().map(InstallTreeCodec::encode).toList());
        document.put(
                "setup", tree.setup().stream().map(InstallTreeCodec::encode).toList());
        return document;
    }

    private static Map<String, Object> encode(DebugFile file) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", file.file().text());
        file.id().ifPresent(id -> object.put("id", id.hex()));
        object.put("blob", file.blob().toString());
        object.put("size", file.size());
        return object;
    }

    private static Map<String, Object> encode(InstalledFile file) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("path", file.path().text());
        if (file instanceof InstalledFile.Regular regular) {
            object.put("blob", regular.blob().toString());
            object.put("size", regular.size());
            if (regular.executable()) {
                object.put("executable", true);
            }
        } else if (file instanceof InstalledFile.Link link) {
            object.put("link", link.target());
        }
        return object;
    }

    @Override
    public InstallTree decode(JsonValue document) throws IOException {
        return new InstallTree(
                document.get("package").string(),
                files(document.get("files")),
                debug(document.get("debug")),
                files(document.get("setup")),
                Digest.parse(document.get("interface").string()),
                Digest.parse(document.get("environment").string()));
    }

    private static List<DebugFile> debug(JsonValue array) throws IOException {
        List<DebugFile> files = new ArrayList<>();
        for (JsonValue object : array.items()) {
            Optional<JsonValue> id = object.find("id");
            files.add(new DebugFile(
                    new TreePath(object.get("file").string()),
                    id.isPresent() ? Optional.of(new BuildId(id.get().string())) : Optional.empty(),
                    Digest.parse(object.get("blob").string()),
                    object.get("size").number()));
        }
        return files;
    }

    private static List<InstalledFile> files(JsonValue array) throws IOException {
        List<InstalledFile> files = new ArrayList<>();
        for (JsonValue object : array.items()) {
            TreePath path = new TreePath(object.get("path").string());
            Optional<JsonValue> blob = object.find("blob");
            Optional<JsonValue> link = object.find("link");
            if (blob.isPresent()) {
                files.add(new InstalledFile.Regular(
                        path,
                        object.find("executable").isPresent(),
                        Digest.parse(blob.get().string()),
                        object.get("size").number()));
            } else if (link.isPresent()) {
                files.add(new InstalledFile.Link(path, link.get().string()));
            } else {
                files.add(new InstalledFile.Directory(path));
            }
        }
        return files;
    }

    @Override
    public List<Digest> blobs(InstallTree tree) {
        return List.copyOf(tree.blobs().keySet());
    }

    @Override
    public Map<Digest, Long> sizes(InstallTree tree) {
        return tree.blobs();
    }
}
