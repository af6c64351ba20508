package io.rosbalena.apt.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.index.CandidateTable;
import io.rosbalena.apt.index.CandidateTables;
import io.rosbalena.apt.solver.SolveRequest;
import io.rosbalena.apt.solver.Solver;
import io.rosbalena.tree.TreePath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PruningTest {
    /** The chains that ROS packages have on Debian: a message package needs CMake, a vendor package development files. */
    private static final CandidateTable TABLE = CandidateTables.of(
            "Package: ros-humble-msgs\nDepends: ros-humble-rosidl, libc6",
            "Package: ros-humble-rosidl\nDepends: cmake (>= 3), ros-humble-tools-dev, python3",
            "Package: ros-humble-tools-dev\nSection: misc",
            "Package: cmake\nVersion: 3.25\nSection: devel\nDepends: cmake-data, libuv1, libc6",
            "Package: cmake-data\nSection: devel",
            "Package: libuv1\nSection: libs\nDepends: libc6",
            "Package: libc6\nSection: libs",
            "Package: python3\nSection: python\nDepends: libc6",
            "Package: nav\nDepends: libeigen3-dev, libgraph-dev",
            "Package: libeigen3-dev\nSection: libdevel\nDepends: pkg-config | pkgconf",
            "Package: pkg-config\nSection: devel\nDepends: libdpkg-perl",
            "Package: libdpkg-perl\nSection: perl\nDepends: perl:any",
            "Package: perl\nSection: perl\nMulti-Arch: allowed",
            "Package: libgraph-dev\nSection: universe/libdevel\nDepends: libgraph1 (= 1), graph-headers, "
                    + "libgraph-java, graph-viewer, libgl",
            "Package: graph-headers\nSection: libdevel\nDepends: libgraph-cxx1",
            "Package: libgraph1\nSection: libs\nDepends: graph-data",
            "Package: graph-data\nSection: misc",
            "Package: libgraph-cxx1\nSection: universe/libs",
            "Package: libgraph-java\nSection: java",
            "Package: graph-viewer\nSection: graphics",
            "Package: libgl1\nSection: libs\nProvides: libgl",
            "Package: jit\nSection: python\nDepends: cpp",
            "Package: cpp\nSection: interpreters");

    private static Set<String> dropped(List<String> roots, String... named) {
        List<Candidate> set = Solver.solve(TABLE, SolveRequest.of(roots).withBase(SolveRequest.Base.NONE))
                .candidates();
        return Pruning.of(set, new Pruning.Wishes(Set.copyOf(roots), Set.of(named), Set.of()))
                .dropped();
    }

    @Test
    void toolsGoWithWhatNothingElseNeeds() {
        assertThat(dropped(List.of("ros-humble-msgs"))).containsExactly("cmake", "cmake-data", "libuv1");
    }

    @Test
    void developmentFilesGoAndLibrariesBehindThemStay() {
        assertThat(dropped(List.of("nav")))
                .containsExactly(
                        "graph-headers",
                        "graph-viewer",
                        "libdpkg-perl",
                        "libeigen3-dev",
                        "libgraph-dev",
                        "libgraph-java",
                        "perl",
                        "pkg-config");
    }

    @Test
    void developmentFilesThatAreAskedForGoAndToolsThatAreAskedForStay() {
        assertThat(dropped(List.of("libgraph-dev", "cmake")))
                .containsExactly("graph-headers", "graph-viewer", "libgraph-dev", "libgraph-java");
    }

    @Test
    void whatIsNamedStaysWithAllThatItNeeds() {
        assertThat(dropped(List.of("nav"), "libgraph-dev"))
                .containsExactly("libdpkg-perl", "libeigen3-dev", "perl", "pkg-config");
        assertThat(dropped(List.of("nav"), "pkg-config"))
                .doesNotContain("pkg-config", "libdpkg-perl", "perl")
                .contains("libeigen3-dev");
    }

    @Test
    void aToolInAnotherSectionIsKnownByName() {
        assertThat(dropped(List.of("jit"))).containsExactly("cpp");
    }

    @Test
    void whatIsLeftBringsBackWhatItIsLinkedWithOrImports() {
        List<Proof.Holder> left = List.of(holder("nav", "usr/bin/nav", "usr/lib/libnav.so.1"));
        List<Proof.Holder> went = List.of(
                holder("libodd-dev", "usr/lib/libodd.so", "usr/include/odd.h"),
                holder("cython3", "usr/lib/python3/dist-packages/Cython/__init__.py"),
                holder("ext", "usr/lib/python3/dist-packages/fast.cpython-311-x86_64-linux-gnu.so"),
                holder("stdlib", "usr/lib/python3.11/distutils/__init__.py", "usr/lib/python3.11/json/tool.py"),
                holder("none", "usr/share/none/tool.py", "usr/bin/x"));

        assertThat(Proof.objections(left, went, needing("nav", Set.of("libodd.so", "libnav.so.1"), Set.of())))
                .isEqualTo(Map.of("libodd-dev", "nav is linked with libodd.so"));
        assertThat(Proof.objections(
                        left, went, needing("py", Set.of(), Set.of("Cython", "fast", "distutils", "tool", "os"))))
                .isEqualTo(Map.of(
                        "cython3", "py imports Cython", "ext", "py imports fast", "stdlib", "py imports distutils"));
        List<Proof.Holder> more = List.of(
                left.get(0), holder("other", "usr/lib/libodd.so", "opt/ros/x/lib/python3.11/site-packages/fast.py"));
        assertThat(Proof.objections(more, went, needing("nav", Set.of("libodd.so"), Set.of("fast"))))
                .isEmpty();
    }

    private static Proof.Holder holder(String name, String... files) {
        return new Proof.Holder(
                name, List.of(files).stream().map(TreePath::parse).toList());
    }

    private static List<Proof.Needing> needing(String name, Set<String> libraries, Set<String> modules) {
        return List.of(new Proof.Needing(name, new FileNeeds(new TreeSet<>(libraries), new TreeSet<>(modules))));
    }
}
