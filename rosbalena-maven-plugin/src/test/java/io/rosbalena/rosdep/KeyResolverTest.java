package io.rosbalena.rosdep;

import static io.rosbalena.rosdep.DatabaseFolder.JAMMY;
import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyResolverTest {
    @TempDir
    Path path;

    private DatabaseFolder folder;

    @BeforeEach
    void make() {
        folder = new DatabaseFolder(path);
    }

    @Test
    void followsTheKeysThatARuleAdds() {
        folder.write(
                "a.yaml",
                "p: {ubuntu: {pip: {packages: [wheel-p], depends: [q, r]}}}",
                "q: {ubuntu: [deb-q]}",
                "r: {ubuntu: {pip: {packages: [wheel-r], depends: [q]}}}",
                "other: {ubuntu: [deb-other, '']}");
        ResolvedKeys keys = resolve("p", "other");
        assertThat(keys.findings()).isEmpty();
        assertThat(keys.packages("apt")).containsExactly("deb-other", "deb-q");
        assertThat(keys.packages("pip")).containsExactly("wheel-p", "wheel-r");
        assertThat(keys.packages("apt", List.of("r"))).containsExactly("deb-q");
    }

    @Test
    void tellsEverythingThatIsMissingAtOnce() {
        folder.write(
                "a.yaml",
                "libfoo-dev: {ubuntu: [libfoo-dev]}",
                "old: {ubuntu: {focal: [old]}}",
                "mac: {osx: {homebrew: [mac]}}",
                "gone: {ubuntu: {jammy: null}}",
                "bad: {ubuntu: 5}",
                "gem: {ubuntu: {gem: [g]}}",
                "script: {ubuntu: {jammy: \"apt-get install\\n x\"}}",
                "p: {ubuntu: {pip: {packages: [w], depends: [nowhere]}}}");
        ResolvedKeys keys = resolve("libfoo", "old", "mac", "gone", "bad", "gem", "script", "p", "libfoo-dev");
        assertThat(keys.found().keySet()).containsExactly("libfoo-dev", "p");
        assertThat(keys.findings().stream().map(Finding::print))
                .containsExactly("""
                        src/a/package.xml:1: error RB051 no rosdep database knows the rosdep key "libfoo"; searched: a.yaml
                            did you mean libfoo-dev? Else put a package of this name into the workspace, or define the key in rosdep/overlay.yaml:
                            libfoo:
                              ubuntu:
                                jammy: [NAME-OF-THE-DEBIAN-PACKAGE]""", """
                        src/a/package.xml:2: error RB052 the rosdep key "old" has no rule for ubuntu jammy (a.yaml:2); it has rules for ubuntu focal
                            drop the dependency, or define the key in rosdep/overlay.yaml:
                            old:
                              ubuntu:
                                jammy: [NAME-OF-THE-DEBIAN-PACKAGE]""", """
                        src/a/package.xml:3: error RB052 the rosdep key "mac" has no rule for ubuntu (a.yaml:3); it has rules for osx; searched: a.yaml
                            drop the dependency, or define the key in rosdep/overlay.yaml:
                            mac:
                              ubuntu:
                                jammy: [NAME-OF-THE-DEBIAN-PACKAGE]""", """
                        src/a/package.xml:4: error RB053 the rosdep key "gone" is declared as not available on ubuntu jammy (a.yaml:4)
                            drop the dependency, give it a condition, or define the key in rosdep/overlay.yaml:
                            gone:
                              ubuntu:
                                jammy: [NAME-OF-THE-DEBIAN-PACKAGE]""", """
                        src/a/package.xml:5: error RB054 the rosdep rule of "bad" (a.yaml:5) is malformed: "5" names no package
                            mend the rule, or define the key in rosdep/overlay.yaml:
                            bad:
                              ubuntu:
                                jammy: [NAME-OF-THE-DEBIAN-PACKAGE]""", """
                        src/a/package.xml:6: error RB055 the rosdep key "gem" is installed by gem (a.yaml:6), but images hold only Debian packages and Python wheels
                            drop the dependency, or define the key in rosdep/overlay.yaml:
                            gem:
                              ubuntu:
                                jammy: [NAME-OF-THE-DEBIAN-PACKAGE]""", """
                        src/a/package.xml:7: error RB054 the rosdep rule of "script" (a.yaml:7) is malformed: "install\\n" is no name of a package
                            mend the rule, or define the key in rosdep/overlay.yaml:
                            script:
                              ubuntu:
                                jammy: [NAME-OF-THE-DEBIAN-PACKAGE]""", """
                        src/a/package.xml:8: error RB051 no rosdep database knows the rosdep key "nowhere" (added by the rule of "p"); searched: a.yaml
                            put a package of this name into the workspace, or define the key in rosdep/overlay.yaml:
                            nowhere:
                              ubuntu:
                                jammy: [NAME-OF-THE-DEBIAN-PACKAGE]""");
    }

    @Test
    void tellsAKeyOnceAndNamesAllWhoWantIt() {
        folder.write("a.yaml", "k: {ubuntu: [k]}");
        List<KeyUse> uses = Stream.of("nav", "arm", "nav", "base", "cam", "lidar", "imu", "gps")
                .map(name -> new KeyUse("nix", name, "src/" + name + "/package.xml", 7))
                .toList();
        assertThat(folder.open("a.yaml").resolveAll(uses, JAMMY).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.packageName()).contains("nav");
                    assertThat(finding.message())
                            .endsWith("; also wanted by arm (src/arm/package.xml:7), base (src/base/package.xml:7),"
                                    + " cam (src/cam/package.xml:7), gps (src/gps/package.xml:7),"
                                    + " imu (src/imu/package.xml:7) and 1 more");
                });
    }

    @Test
    void aKeyOfAnotherSystemLeadsToOneOfThisSystem() {
        folder.write(
                "a.yaml",
                "python-numpy: {debian: [python-numpy], ubuntu: {focal: [python-numpy]}}",
                "python3-numpy: {ubuntu: [python3-numpy]}",
                "numpy: {debian: [python-numpy]}");
        assertThat(resolve("python-numpy").findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.print())
                        .contains("has no rule for ubuntu jammy (a.yaml:1); it has rules for ubuntu focal")
                        .contains("did you mean python3-numpy? Else drop the dependency, or define the key"));
    }

    @Test
    void tellsRulesThatAddEachOther() {
        folder.write(
                "a.yaml",
                "a: {ubuntu: {pip: {packages: [a], depends: [b]}}}",
                "b: {ubuntu: {pip: {packages: [b], depends: [a]}}}");
        assertThat(resolve("a").findings())
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.print()).contains("RB056").contains("a → b → a"));
    }

    @Test
    void writesAnOddKeySoThatYamlReadsIt() {
        folder.write("a.yaml", "k: {ubuntu: [k]}");
        assertThat(resolve("a: b").findings().get(0).print()).contains("\n    \"a: b\":\n");
    }

    private ResolvedKeys resolve(String... keys) {
        List<KeyUse> uses = Stream.iterate(0, i -> i < keys.length, i -> i + 1)
                .map(i -> new KeyUse(keys[i], "a", "src/a/package.xml", i + 1))
                .toList();
        return folder.open("a.yaml").resolveAll(uses, JAMMY);
    }
}
