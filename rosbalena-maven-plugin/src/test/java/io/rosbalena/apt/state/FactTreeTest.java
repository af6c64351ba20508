package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.apt.deb.SmallDeb;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactTreeTest {
    private static final TreePath UNDERLAYS = TreePath.parse("/opt/ros");

    @TempDir
    Path directory;

    @Test
    void holdsWhatStandsBelowTheFolder() throws IOException {
        DebFacts facts = SmallFacts.of(SmallDeb.named(directory, "ros-humble-talker")
                .file("opt/ros/humble/lib/libtalker.so", "not read")
                .file("opt/ros/humble/share/talker/package.dsv", "set;A;b\n")
                .file("usr/share/doc/talker/copyright", "elsewhere"));
        FactTree tree = FactTree.of(facts, UNDERLAYS);
        assertThat(tree.entries())
                .extracting(entry -> entry.path().absolute())
                .contains("/opt/ros/humble/lib/libtalker.so")
                .doesNotContain("/usr/share/doc/talker/copyright");
        assertThat(SmallFacts.text(tree, "/opt/ros/humble/share/talker/package.dsv"))
                .isEqualTo("set;A;b\n");
    }

    @Test
    void aFileThatSetsNothingCannotBeRead() throws IOException {
        DebFacts facts =
                SmallFacts.of(SmallDeb.named(directory, "ros-humble-talker").file("opt/ros/humble/lib/a.so", "a"));
        assertThatThrownBy(() -> SmallFacts.find(FactTree.of(facts, UNDERLAYS), "/opt/ros/humble/lib/a.so")
                        .orElseThrow()
                        .content()
                        .bytes())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("opt/ros/humble/lib/a.so");
    }
}
