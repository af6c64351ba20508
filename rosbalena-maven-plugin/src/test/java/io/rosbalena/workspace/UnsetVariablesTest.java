package io.rosbalena.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnsetVariablesTest {
    @TempDir
    private Path folder;

    private List<String> warnings(Map<String, String> user) throws IOException {
        ConditionContexts contexts = ConditionContexts.of("humble", user);
        Workspace workspace = Workspace.scan(folder, Path.of("src"), contexts);
        assertThat(workspace.findings()).isEmpty();
        return UnsetVariables.find(workspace, contexts).stream()
                .map(Finding::print)
                .toList();
    }

    @Test
    void eachIsToldOnceWhereItIsReadFirst() throws IOException {
        Manifests.write(
                folder.resolve("src/b"),
                "b",
                "<depend condition=\"$GZ_VERSION == harmonic\">x</depend>\n"
                        + "<exec_depend condition='$ROS_VERSION == 1 or ($ROBOT == a and $GZ_VERSION == \"\")'>y</exec_depend>");
        Manifests.write(
                folder.resolve("src/c"),
                "c",
                "\n<test_depend condition=\"$GZ_VERSION == harmonic\">x</test_depend>\n"
                        + "<group_depend condition=\"$GROUPED == 1\">g</group_depend>");

        assertThat(warnings(Map.of()))
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith("src/c/package.xml:7: ")
                                .contains("$GROUPED"),
                        one -> assertThat(one)
                                .startsWith("src/b/package.xml:5: ")
                                .contains("warning RB011", "$GZ_VERSION", "-Drosbalena.conditionVariables=GZ_VERSION="),
                        one -> assertThat(one)
                                .startsWith("src/b/package.xml:6: ")
                                .contains("$ROBOT"));
        assertThat(warnings(Map.of("GZ_VERSION", "harmonic", "ROBOT", "", "GROUPED", "0")))
                .isEmpty();
    }

    @Test
    void whatColconOrRosdepSetIsNotTold() throws IOException {
        Manifests.write(
                folder.resolve("src/a"),
                "a",
                "<depend condition=\"$ROS_DISTRO == humble and $ROS_VERSION == 2\">x</depend>\n"
                        + "<depend condition=\"$ROS_PYTHON_VERSION == 3\">y</depend>\n"
                        + "<depend condition=\"$DISABLE_GROUPS_WORKAROUND != 1\">z</depend>");

        assertThat(warnings(Map.of())).isEmpty();
    }
}
