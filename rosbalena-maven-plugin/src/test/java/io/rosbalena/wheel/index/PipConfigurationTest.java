package io.rosbalena.wheel.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealPython;
import io.rosbalena.RealTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipConfigurationTest {
    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void sayWhereThingsAre() {
        environment.put("XDG_CONFIG_HOME", "");
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private List<String> indexes() throws IOException {
        return PipConfiguration.indexes(environment, folder.resolve("home"), folder.resolve("etc"));
    }

    @Test
    void nothingConfigured() throws IOException {
        assertThat(indexes()).isEmpty();
    }

    @Test
    void theUsersFileWinsOverTheMachinesAndTheNamedOneOverBoth() throws IOException {
        write("etc/pip.conf", "[global]\nindex-url = https://machine\nextra-index-url = https://more\n");
        assertThat(indexes()).containsExactly("https://machine", "https://more");
        write("home/.config/pip/pip.conf", "[global]\nindex-url: https://user\n");
        assertThat(indexes()).containsExactly("https://user", "https://more");
        write("named.conf", "[install]\nindex_url=https://named\n");
        environment.put("PIP_CONFIG_FILE", folder.resolve("named.conf").toString());
        assertThat(indexes()).containsExactly("https://named", "https://more");
        environment.put("PIP_INDEX_URL", "https://environment");
        assertThat(indexes()).containsExactly("https://environment", "https://more");
        environment.put("PIP_CONFIG_FILE", "/dev/null");
        assertThat(indexes()).containsExactly("https://environment");
    }

    /** Comments, continued lines and other sections, as the installed pip takes them. */
    @Test
    void aFileReadAsPipReadsIt() throws Exception {
        RealPython.require("pip");
        write("named.conf", """
                # index-url = https://no
                ; index-url = https://no
                [download]
                index-url = https://no
                [global]
                timeout = 60
                index-url =  https://one/simple
                extra-index-url =
                    https://two/a=b:c
                    # between
                    https://three

                [install]
                Extra-Index-Url = https://four https://five
                trusted-host: h
                """);
        environment.put("PIP_CONFIG_FILE", folder.resolve("named.conf").toString());
        Map<String, String> clean = new HashMap<>(environment);
        clean.put("HOME", folder.toString());
        Map<String, String> values = new HashMap<>();
        RealTool.run(folder, clean, RealPython.PROGRAM.toString(), "-m", "pip", "config", "list")
                .lines()
                .map(line -> line.split("=", 2))
                .forEach(pair -> values.put(
                        pair[0], pair[1].replaceAll("^['\"]|['\"]$", "").replace("\\n", " ")));

        assertThat(values).containsKeys("global.index-url", "install.extra-index-url");
        assertThat(String.join(" ", indexes()))
                .isEqualTo(values.get("global.index-url") + " "
                        + values.get("install.extra-index-url").strip());
    }
}
