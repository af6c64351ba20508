package io.rosbalena.robot.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.apt.deb.DebFile;
import io.rosbalena.apt.deb.SmallDeb;
import io.rosbalena.apt.state.DebFacts;
import io.rosbalena.apt.state.FactTree;
import io.rosbalena.environment.ImageEnvironment;
import io.rosbalena.environment.TreeView;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnderlayEnvironmentTest {
    private static final TreePath UNDERLAYS = TreePath.parse("/opt/ros");

    @TempDir
    Path directory;

    @Test
    void thePackagesOfARosDistributionSetTheEnvironmentOfAnImage() throws IOException {
        DebFacts workspace = facts(SmallDeb.named(directory, "ros-humble-ros-workspace")
                .file("opt/ros/humble/share/ament_index/resource_index/packages/ros_workspace", "")
                .file(
                        "opt/ros/humble/share/ros_workspace/local_setup.dsv",
                        "source;share/ros_workspace/environment/path.dsv\n"));
        DebFacts talker = facts(SmallDeb.named(directory, "ros-humble-talker")
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
    }

    private static DebFacts facts(SmallDeb deb) throws IOException {
        try (DebFile file = DebFile.open(deb.build())) {
            return DebFacts.of(file);
        }
    }
}
