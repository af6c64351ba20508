package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.store.Digest;
import io.rosbalena.tree.TreePath;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuntimeTreeTest {
    private static final Digest ANY = Digest.of("any");

    @Test
    void whatOnlyCompilesReadIsLeftOut() {
        assertThat(kept(
                        "include/arm/arm.hpp",
                        "lib/libarm.a",
                        "lib/x86_64-linux-gnu/libarm.la",
                        "lib/cmake/arm/arm.cmake",
                        "lib/pkgconfig/arm.pc",
                        "share/arm/cmake/armConfig.cmake",
                        "share/pkgconfig/arm.pc",
                        "lib/python3/site-packages/arm.egg-info/SOURCES.txt",
                        "share/arm/local_setup.zsh",
                        "share/arm/package.ps1",
                        "share/arm/environment/path.bat"))
                .isEmpty();
    }

    @Test
    void whatARobotUsesStays() {
        String[] used = {
            "lib/arm/arm_node",
            "lib/arm/include/model.a",
            "lib/libarm.so",
            "lib/python3/site-packages/arm/__pycache__/node.cpython-311.pyc",
            "share/arm/config/cmake",
            "share/arm/local_setup.sh",
            "share/arm/package.dsv",
            "share/colcon-core/packages/arm"
        };

        assertThat(kept(used)).containsExactly(used);
    }

    @Test
    void directoriesThatAreEmptyByThatGoAndOthersStay() {
        InstallTree tree = new InstallTree(
                "arm",
                List.of(
                        new InstalledFile.Directory(new TreePath("share")),
                        new InstalledFile.Directory(new TreePath("share/arm")),
                        new InstalledFile.Directory(new TreePath("share/arm/cmake")),
                        file("share/arm/cmake/a.cmake"),
                        new InstalledFile.Directory(new TreePath("share/arm/maps")),
                        new InstalledFile.Directory(new TreePath("include")),
                        new InstalledFile.Directory(new TreePath("lib")),
                        file("lib/libarm.a")),
                List.of(),
                List.of(),
                ANY,
                ANY);

        assertThat(RuntimeTree.of(tree).files())
                .extracting(file -> file.path().text())
                .containsExactly("share", "share/arm", "share/arm/maps");
    }

    private static List<String> kept(String... paths) {
        InstallTree tree = new InstallTree(
                "arm", Stream.of(paths).map(RuntimeTreeTest::file).toList(), List.of(), List.of(), ANY, ANY);
        return RuntimeTree.of(tree).files().stream()
                .map(file -> file.path().text())
                .toList();
    }

    private static InstalledFile file(String path) {
        return new InstalledFile.Regular(new TreePath(path), false, ANY, 3);
    }
}
