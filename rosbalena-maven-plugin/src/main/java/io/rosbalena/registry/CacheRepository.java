package io.rosbalena.registry;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.image.Descriptor;
import io.rosbalena.image.MediaType;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.store.RemoteStore;
import io.rosbalena.store.SharedList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A repository of a registry as a store. Blobs are read by digest alone. Registries remove blobs that no manifest names,
 * so that a list of blobs is kept as the layers of a manifest with a tag: an artifact as OCI image-spec
 * {@code manifest.md} has it, «Guidelines for Artifact Usage».
 */
public final class CacheRepository implements RemoteStore {
    private static final String BLOB = "application/octet-stream";

    /** What the specification gives an artifact that has no configuration. */
    private static final String EMPTY = "application/vnd.oci.empty.v1+json";

    private final Registries registries;
    private final ImageName repository;

    private CacheRepository(Registries registries, ImageName repository) {
        this.registries = registries;
        this.repository = repository;
    }

    /**
     * The repository that a user names; it is not reached before something is asked of it.
     *
     * @param text {@code [host[:port]/]repository}
     * @throws FindingException RB516 if it is none
     */
    public static CacheRepository parse(String text, Registries registries) {
        Finding problem = Finding.error("RB516", "the cache \"" + text + "\" is no repository of a registry")
                .at("pom.xml")
                .fix("write host[:port]/repository in lower case and without a tag, for example"
                        + " registry.example.com/team/rosbalena-cache");
        if (text.contains("@") || text.indexOf(':', text.lastIndexOf('/') + 1) >= 0) {
            throw FindingException.input(problem);
        }
        try {
            return new CacheRepository(registries, ImageName.parse(text));
        } catch (FindingException e) {
            throw new FindingException(FindingException.Kind.INPUT, List.of(problem), e);
        }
    }

    @Override
    public String name() {
        return repository.host() + "/" + repository.repository();
    }

    private Registry registry() throws IOException {
        return registries.at(repository.host());
    }

    @Override
    public boolean fetch(Digest digest, long size, BlobStore into, Progress progress) throws IOException {
        try {
            registry().fetchBlob(repository.repository(), digest, size, into, progress);
            return true;
        } catch (RegistryException e) {
            if (e.kind() == RegistryException.Kind.UNKNOWN) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Optional<byte[]> read(Digest digest, long limit) throws IOException {
        return registry().readBlob(repository.repository(), digest, limit);
    }

    @Override
    public Optional<SharedList> list(String name) throws IOException {
        Optional<byte[]> manifest = registry().readManifest(repository.repository(), tag(name));
        return manifest.isPresent() ? Optional.of(list(manifest.get())) : Optional.empty();
    }

    private static SharedList list(byte[] manifest) {
        try {
            JsonValue json = Json.parse(manifest);
            List<SharedList.File> files = new ArrayList<>();
            for (JsonValue layer : json.get("layers").items()) {
                Descriptor descriptor = Descriptor.read(layer);
                files.add(new SharedList.File(descriptor.digest(), descriptor.size()));
            }
            SortedMap<String, String> notes = new TreeMap<>();
            Optional<JsonValue> annotations = json.find("annotations");
            if (annotations.isPresent()) {
                for (Map.Entry<String, JsonValue> note :
                        annotations.get().members().entrySet()) {
                    notes.put(note.getKey(), note.getValue().string());
                }
            }
            return new SharedList(json.get("artifactType").string(), files, notes);
        } catch (IOException e) {
            // Somebody else's, whatever it is.
            return SharedList.OTHER;
        }
    }

    @Override
    public boolean keeps(String name) throws IOException {
        return registry().find(repository.repository(), tag(name)).isPresent();
    }

    @Override
    public boolean keeps(String name, SharedList list) throws IOException {
        return registry().find(repository.repository(), tag(name)).equals(Optional.of(Digest.of(manifest(list))));
    }

    @Override
    public boolean push(Digest digest, BlobStore from) throws IOException {
        return registry().pushBlob(repository.repository(), digest, from, List.of(), Progress.SILENT);
    }

    @Override
    public void keep(String name, SharedList list, BlobStore from) throws IOException {
        push(from.put(nothing()), from);
        registry().putManifest(repository.repository(), tag(name), MediaType.MANIFEST, manifest(list));
    }

    private static byte[] nothing() {
        return "{}".getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] manifest(SharedList list) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", MediaType.MANIFEST);
        manifest.put("artifactType", list.type());
        manifest.put(
                "config",
                Descriptor.of(EMPTY, Digest.of(nothing()), nothing().length).json());
        manifest.put(
                "layers",
                list.files().stream()
                        .map(file ->
                                Descriptor.of(BLOB, file.digest(), file.size()).json())
                        .toList());
        if (!list.notes().isEmpty()) {
            manifest.put("annotations", list.notes());
        }
        return Json.compact(manifest);
    }

    private static String tag(String name) {
        return "rosbalena-" + name;
    }
}
