package io.rosbalena.image;

import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Operating system and processor that an image is for, in the words of OCI image-spec {@code image-index.md}. The
 * variants {@code arm64/v8} and {@code amd64/v1} are those that every processor of the kind has; here they are not told
 * apart from the plain name.
 *
 * @param os for example {@code linux}
 * @param architecture for example {@code arm64}
 * @param variant of the processor, for example {@code v7}; empty where the architecture says all
 */
public record Platform(String os, String architecture, Optional<String> variant) {
    private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9._-]*");

    /** Matches nothing that anybody asks for. */
    static final Platform UNKNOWN = new Platform("unknown", "unknown", Optional.empty());

    public Platform {
        check(os);
        check(architecture);
        variant = variant.filter(v -> !v.isEmpty() && !v.equals(implied(architecture)));
        variant.ifPresent(Platform::check);
    }

    /**
     * Reads {@code os/architecture} or {@code os/architecture/variant}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Platform parse(String text) {
        String[] words = text.split("/", -1);
        if (words.length < 2 || words.length > 3) {
            throw new IllegalArgumentException("not a platform such as linux/arm64: \"" + text + "\"");
        }
        return new Platform(words[0], words[1], words.length == 3 ? Optional.of(words[2]) : Optional.empty());
    }

    /** Reads the members {@code os}, {@code architecture} and {@code variant} of a descriptor or a configuration. */
    public static Platform read(JsonValue json) throws IOException {
        Optional<JsonValue> variant = json.find("variant");
        try {
            return new Platform(
                    json.get("os").string(),
                    json.get("architecture").string(),
                    variant.isPresent() ? Optional.of(variant.get().string()) : Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The members of a descriptor's {@code platform}; arm64 with its variant, as other builders write it. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("architecture", architecture);
        json.put("os", os);
        writtenVariant().ifPresent(v -> json.put("variant", v));
        return json;
    }

    /** The variant to write: {@code v8} for arm64, none for amd64, else what was given. */
    Optional<String> writtenVariant() {
        return architecture.equals("arm64") && variant.isEmpty() ? Optional.of("v8") : variant;
    }

    /** {@code linux/arm64}, as parameters and the lock name it. */
    @Override
    public String toString() {
        return os + "/" + architecture + variant.map(v -> "/" + v).orElse("");
    }

    private static String implied(String architecture) {
        return switch (architecture) {
            case "arm64" -> "v8";
            case "amd64" -> "v1";
            default -> "";
        };
    }

    private static void check(String word) {
        if (!WORD.matcher(word).matches()) {
            throw new IllegalArgumentException("not the name of a platform: \"" + word + "\"");
        }
    }
}
