package io.rosbalena.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryViewTest {
    @TempDir
    Path root;

    @Test
    void linksLeadToPlacesInsideTheRootAndNeverOutOfIt() throws IOException {
        Files.createDirectories(root.resolve("usr/lib"));
        Files.writeString(root.resolve("usr/lib/a"), "inside");
        Files.createSymbolicLink(root.resolve("lib"), Path.of("usr/lib"));
        Files.createSymbolicLink(root.resolve("absolute"), Path.of("/usr/lib/a"));
        Files.createSymbolicLink(root.resolve("escape"), Path.of("../../../../../../usr/lib/a"));
        FileView view = new DirectoryView(root);

        assertThat(view.read("/absolute"))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("inside"));
        assertThat(view.read("/escape"))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("inside"));
        assertThat(view.list("/lib")).containsExactly("a");
        assertThat(view.list("/lib/a")).isEmpty();
        assertThat(view.isFile("/lib/a")).isTrue();
        assertThat(view.exists("/lib/b")).isFalse();
    }
}
