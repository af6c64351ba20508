package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.apt.deb.SmallDeb;
import io.rosbalena.environment.ImageEnvironment;
import io.rosbalena.environment.TreeView;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactTreeTest {
    private static final TreePath UNDERLAYS = TreePath.parse("/opt/ros");

    @TempDir
    Path directory;

    @Test
    void thePackagesOfARosDistributionSetTheEnvironmentOfAnImage() throws IOException {
        DebFacts workspace = SmallFacts.of(SmallDeb.named(directory, "ros-humble-ros-workspace")
                .file("opt/ros/humble/share/ament_index/resource_index/packages/ros_workspace", "")
                .file(
                        "opt/ros/humble/share/ros_workspace/local_setup.dsv",
                        "source;share/ros_workspace/environment/path.dsv\n"));
        DebFacts talker = SmallFacts.of(SmallDeb.named(directory, "ros-humble-talker")
                .file("opt/ros/humble/share/ament_index/resource_index/packages/talker", "")
                .file(
                        "opt/ros/humble/share/ament_index/resource_index/package_run_dependencies/talker",
                        "ros_workspace")
                .file(
                        "opt/ros/humble/share/talker/package.dsv",
                        "prepend-non-duplicate;AMENT_PREFIX_PATH;\nprepend-non-duplicate;LD_LIBRARY_PATH;lib\n")
                .file("opt/ros/humble/lib/libtalker.so", "not read")
                .file("usr/share/doc/talker/copyright", "elsewhere"));

        List<FactTree> trees = List.of(FactTree.of(workspace, UNDERLAYS), FactTree.of(talker, UNDERLAYS));

        assertThat(ImageEnvironment.of(TreeView.of(trees), Map.of(), "humble").env())
                .contains("AMENT_PREFIX_PATH=/opt/ros/humble", "LD_LIBRARY_PATH=/opt/ros/humble/lib");
        assertThat(trees.get(1).entries())
                .extracting(entry -> entry.path().absolute())
                .contains("/opt/ros/humble/lib/libtalker.so")
                .doesNotContain("/usr/share/doc/talker/copyright");
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
