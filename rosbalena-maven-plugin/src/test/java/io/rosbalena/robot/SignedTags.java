package io.rosbalena.robot;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.registry.LocalRegistry;
import io.rosbalena.signing.KeyOnDisk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Results in the repository of a registry, read and changed as somebody with no code of ours would. */
public final class SignedTags {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final Pattern RESULT = Pattern.compile("rosbalena-([a-z-]+)-([0-9a-f]{64})");

    private final LocalRegistry registry;
    private final String repository;

    public SignedTags(LocalRegistry registry, String repository) {
        this.registry = registry;
        this.repository = repository;
    }

    /** All tags of a stage, sorted. */
    public List<String> of(String stage) throws IOException, InterruptedException {
        JsonValue answer = Json.parse(registry.raw("/v2/" + repository + "/tags/list", "*/*"));
        if (answer.find("tags").isEmpty()) {
            return List.of();
        }
        return answer.get("tags").strings().stream()
                .filter(tag -> tag.matches("rosbalena-" + stage + "-[0-9a-f]{64}"))
                .sorted()
                .toList();
    }

    /** All tags of results. */
    public List<String> all() throws IOException, InterruptedException {
        return of("[a-z-]+");
    }

    String manifest(String tag) throws IOException, InterruptedException {
        return new String(registry.raw("/v2/" + repository + "/manifests/" + tag, MANIFEST), StandardCharsets.UTF_8);
    }

    /** Lets a tag stand for other text. */
    void put(String tag, String manifest) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://" + registry.host() + "/v2/" + repository + "/manifests/" + tag))
                                .header("Content-Type", MANIFEST)
                                .PUT(HttpRequest.BodyPublishers.ofString(manifest))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IOException(answer.body());
        }
    }

    /** Digests of the document and the blobs of a result. */
    List<String> files(String tag) throws IOException, InterruptedException {
        List<JsonValue> layers = Json.parse(manifest(tag).getBytes(StandardCharsets.UTF_8))
                .get("layers")
                .items();
        return layers.stream().map(layer -> text(layer, "digest")).toList();
    }

    private static String text(JsonValue object, String member) {
        try {
            return object.get(member).string();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Fails unless OpenSSL finds the key's signature on a result.
     *
     * @param version of the stage
     */
    public void verify(String tag, int version, KeyOnDisk key) throws IOException, InterruptedException {
        Matcher name = RESULT.matcher(tag);
        if (!name.matches()) {
            throw new AssertionError(tag);
        }
        JsonValue json = Json.parse(manifest(tag).getBytes(StandardCharsets.UTF_8));
        StringBuilder statement =
                new StringBuilder("rosbalena stage result, format 1\nstage %s\nversion %d\nkey sha256:%s\n"
                        .formatted(name.group(1), version, name.group(2)));
        String word = "result";
        for (JsonValue layer : json.get("layers").items()) {
            statement.append("%s %s %d\n"
                    .formatted(
                            word,
                            layer.get("digest").string(),
                            layer.get("size").number()));
            word = "blob";
        }
        String signature = json.get("annotations").get("io.rosbalena.signature").string();
        key.verify(
                statement.toString().getBytes(StandardCharsets.UTF_8),
                Base64.getDecoder().decode(signature));
    }
}
