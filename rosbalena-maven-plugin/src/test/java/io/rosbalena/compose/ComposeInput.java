package io.rosbalena.compose;

import io.rosbalena.finding.Findings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One of the varied files in {@code oracle/}, and what becomes of it.
 *
 * @param file the file
 * @param findings what was said on the way to the manifest
 * @param read what it says
 * @param resolved the same as robots get it: defaults of ROS filled in, scripts taken out
 * @param manifest the text that is emitted
 */
record ComposeInput(Path file, Findings findings, ComposeModel read, ComposeModel resolved, String manifest) {
    /** What the files are completed with. */
    static final Map<String, String> VARIABLES = Map.of("ROBOT", "husky");

    private static final RosImage CYCLONE =
            RosImage.of(Optional.of("humble"), Set.of("libddsc0debian", "ros-humble-cyclonedds"));

    private static final RosImage FAST = RosImage.of(Optional.of("humble"), Set.of("ros-humble-fastrtps"));

    private static final String DIGEST = "sha256:" + "5".repeat(64);

    /** All of them, in the order of their numbers. */
    static List<ComposeInput> all() throws IOException {
        return files().stream().map(ComposeInput::read).toList();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FieldCase.folder().resolve("oracle"))) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }

    private static ComposeInput read(Path file) {
        Findings findings = new Findings();
        ComposeModel read = ComposeFile.read(
                FieldCase.folder().resolve("oracle"), file.getFileName().toString(), VARIABLES, findings);
        Map<String, RosImage> images = new TreeMap<>();
        read.services().values().stream()
                .filter(service -> service.build().isPresent())
                .forEach(service -> images.put(service.name(), image(read)));
        ComposeModel resolved =
                CommandScripts.of(RosDefaults.apply(read, images), findings).model();
        return new ComposeInput(file, findings, read, resolved, emit(resolved));
    }

    /** What images hold: the middleware that the file asks for. */
    private static RosImage image(ComposeModel read) {
        return read.extension().rmw().filter("rmw_fastrtps_cpp"::equals).isPresent() ? FAST : CYCLONE;
    }

    /** The manifest of a model. */
    static String emit(ComposeModel model) {
        Map<String, String> images = new TreeMap<>();
        model.services().keySet().forEach(name -> images.put(name, image(name)));
        return new String(ManifestEmitter.emit(model, images), StandardCharsets.UTF_8);
    }

    /** The image that the manifest names for a service. */
    static String image(String service) {
        return ManifestEmitter.reference("robot", service, DIGEST);
    }

    /** The number in its name. */
    int number() {
        return Integer.parseInt(toString().substring(0, 2));
    }

    @Override
    public String toString() {
        return file.getFileName().toString();
    }
}
