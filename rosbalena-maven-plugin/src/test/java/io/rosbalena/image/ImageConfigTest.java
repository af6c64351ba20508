package io.rosbalena.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageConfigTest {
    private static final Platform AMD64 = Platform.parse("linux/amd64");

    private static Layer layer(LayerKind kind, String name) {
        return new Layer(Digest.of(name), Digest.of("diff " + name), 1, 2, kind, List.of(name));
    }

    private static ImageConfig on(JsonValue base) {
        return new ImageConfig(AMD64, List.of("A=b"), List.of(), "/ros2_ws", Optional.empty(), base);
    }

    private static JsonValue json(String text) throws IOException {
        return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theBytesAreCanonical() throws IOException {
        ImageConfig config = new ImageConfig(
                Platform.parse("linux/arm64"),
                List.of("A=b"),
                List.of("node"),
                "/ros2_ws",
                Optional.of("SIGINT"),
                ImageConfig.NO_BASE);
        String digest = Digest.of("diff x").toString();
        assertThat(new String(config.bytes(List.of(layer(LayerKind.SYSTEM, "x"))), StandardCharsets.UTF_8))
                .isEqualTo(("{'architecture':'arm64','config':{'Cmd':['node'],'Env':['A=b'],'StopSignal':'SIGINT',"
                                + "'WorkingDir':'/ros2_ws'},'created':'2000-01-01T00:00:00Z',"
                                + "'history':[{'created':'2000-01-01T00:00:00Z','created_by':'rosbalena system'}],"
                                + "'os':'linux','rootfs':{'diff_ids':['" + digest + "'],'type':'layers'},"
                                + "'variant':'v8'}")
                        .replace('\'', '"'));
    }

    @Test
    void whatTheBaseSaysAndWeDoNotIsCarriedOver() throws IOException {
        JsonValue base = json("{'author':'someone','architecture':'amd64','os':'linux','os.version':'1',"
                + "'container':'1234','docker_version':'20','config':{'Labels':{'a':'b'},'Healthcheck':{'Test':['x']},"
                + "'User':'ros','Entrypoint':['/ros_entrypoint.sh'],'Cmd':['bash'],'Env':['OLD=1']}}");
        JsonValue made = Json.parse(on(base).bytes(List.of(layer(LayerKind.BASE, "x"))));
        assertThat(made.members().keySet())
                .contains("author", "os.version")
                .doesNotContain("container", "docker_version");
        assertThat(made.get("config").members().keySet()).containsExactly("Env", "Healthcheck", "Labels", "WorkingDir");
        assertThat(made.get("config").get("Env").strings()).containsExactly("A=b");
    }

    @Test
    void theBasesHistoryStaysWhereItTellsAllLayers() throws IOException {
        JsonValue base = json("{'history':[{'created_by':'ADD'},{'created_by':'ENV','empty_layer':true}]}");
        List<Layer> one = List.of(layer(LayerKind.BASE, "a"), layer(LayerKind.SYSTEM, "c"));
        List<Layer> two = List.of(layer(LayerKind.BASE, "a"), layer(LayerKind.BASE, "b"));
        assertThat(histories(on(base), one)).containsExactly("ADD", "ENV", "rosbalena system");
        assertThat(histories(on(base), two)).containsExactly("rosbalena base", "rosbalena base");
    }

    private static List<String> histories(ImageConfig config, List<Layer> layers) throws IOException {
        return Json.parse(config.bytes(layers)).get("history").items().stream()
                .map(entry -> {
                    try {
                        return entry.get("created_by").string();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @Test
    void aVariableWithoutAValueIsRefused() {
        assertThatThrownBy(() ->
                        new ImageConfig(AMD64, List.of("PATH"), List.of(), "/", Optional.empty(), ImageConfig.NO_BASE))
                .hasMessageContaining("PATH");
    }
}
