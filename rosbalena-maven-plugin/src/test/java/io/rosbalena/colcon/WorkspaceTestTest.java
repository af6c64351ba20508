package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import io.rosbalena.workspace.ConditionContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for real: colcon, CTest, GoogleTest and pytest in a build root. */
class WorkspaceTestTest {
    private static final CompileFlags FLAGS =
            CompileFlags.of("humble", ConditionContexts.of("humble", Map.of()).colcon(), ColconSettings.NONE);

    private static BuildRoot root;
    private static Sandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void findARoot() throws IOException, InterruptedException {
        root = TestBuildRoot.require();
        try {
            sandbox = Sandboxes.choose();
        } catch (FindingException e) {
            Assumptions.abort("skipped: no way into a root here: " + e.getMessage());
        }
    }

    private static SourcePackage googleTest() {
        return SourcePackage.cmake(
                        "sums",
                        "add_library(sums SHARED src/sums.cpp)",
                        "if(BUILD_TESTING)",
                        "find_package(ament_cmake_gtest REQUIRED)",
                        "ament_add_gtest(test_sums test/test_sums.cpp)",
                        "target_link_libraries(test_sums sums)",
                        "ament_add_gtest(test_crash test/test_crash.cpp)",
                        "endif()",
                        "install(TARGETS sums DESTINATION lib)")
                .file("src/sums.cpp", "int sum(int a, int b) { return a + b; }\n")
                .file("test/test_sums.cpp", """
                        #include <gtest/gtest.h>
                        int sum(int, int);
                        TEST(Sums, areRight) { EXPECT_EQ(sum(1, 2), 3); }
                        TEST(Sums, areWrong) {
                          EXPECT_EQ(sum(1, 2), 4) << "<&\\x1b[31m>";
                        }
                        TEST(Sums, DISABLED_later) { FAIL(); }
                        TEST(Sums, elsewhere) { GTEST_SKIP() << "not on this robot"; }
                        """)
                .file("test/test_crash.cpp", """
                        #include <gtest/gtest.h>
                        #include <cstdlib>
                        TEST(Crash, always) { abort(); }
                        """);
    }

    private static SourcePackage python(String name, String tests) {
        return SourcePackage.python(name)
                .change("setup.py", "version='1.0.0',", "version='1.0.0', tests_require=['pytest'],")
                .file("test/test_" + name + ".py", tests);
    }

    private TestedWorkspace test(SourcePackage... sources) throws IOException, InterruptedException {
        return test(1 << 20, sources);
    }

    private TestedWorkspace test(long mostOutput, SourcePackage... sources) throws IOException, InterruptedException {
        List<ColconPackage> packages = new ArrayList<>();
        for (SourcePackage source : sources) {
            packages.add(source.build());
        }
        return new WorkspaceTest(
                        BlobStore.open(folder.resolve("store")),
                        () -> sandbox,
                        root,
                        FLAGS,
                        folder.resolve("log"),
                        mostOutput)
                .test(
                        packages,
                        Set.copyOf(packages.stream().map(ColconPackage::name).toList()),
                        Progress.SILENT);
    }

    private static List<String> outcomes(PackageTests tests) {
        return tests.suites().stream()
                .flatMap(suite -> suite.cases().stream()
                        .map(one -> suite.name() + ": " + one.className() + "." + one.name() + " " + one.outcome()))
                .toList();
    }

    @Test
    void googleTestsCountOnceWithTheirOutcomeAndPlace() throws Exception {
        TestedWorkspace tested = test(googleTest());

        assertThat(tested.errors()).isEmpty();
        PackageTests sums = tested.packages().get(0);
        assertThat(outcomes(sums))
                .containsExactly(
                        "test_crash: sums.ctest.test_crash ERROR",
                        "test_sums: sums.Sums.areRight PASSED",
                        "test_sums: sums.Sums.areWrong FAILED",
                        "test_sums: sums.Sums.DISABLED_later SKIPPED",
                        "test_sums: sums.Sums.elsewhere SKIPPED");
        assertThat(sums.line()).isEqualTo("Tests run: 5, Failures: 1, Errors: 1, Skipped: 2 - in sums");
        assertThat(sums.findings()).hasSize(2);
        assertThat(sums.findings().get(1).print())
                .startsWith("src/group/sums/test/test_sums.cpp:5: error RB461 the test test_sums: areWrong fails: ")
                .contains("Expected equality of these values", "3", "the whole log is in " + log("sums"));
        assertThat(sums.findings().get(0).print())
                .startsWith("src/group/sums/package.xml: error RB462 the test test_crash gives no result: ");
        assertThat(Files.readString(log("sums"))).contains("[ RUN      ] Sums.areWrong");
    }

    @Test
    void pytestsHearMulticastAndAreToldWithTheirPlace() throws Exception {
        TestedWorkspace tested = test(python("talker", """
                import pytest, socket

                def test_wrong():
                    print('\\x1b[31mred')
                    assert 1 + 1 == 3

                @pytest.mark.skip(reason='not now')
                def test_later():
                    pass

                def test_multicast():
                    group = socket.inet_aton('239.255.0.1')
                    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                    listener.settimeout(10)
                    listener.bind(('', 7400))
                    listener.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group + socket.inet_aton('0.0.0.0'))
                    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                    sender.sendto(b'hello', ('239.255.0.1', 7400))
                    assert listener.recv(100) == b'hello'
                """));

        PackageTests talker = tested.packages().get(0);
        assertThat(outcomes(talker))
                .containsExactly(
                        "pytest: talker.test.test_talker.test_wrong FAILED",
                        "pytest: talker.test.test_talker.test_later SKIPPED",
                        "pytest: talker.test.test_talker.test_multicast PASSED");
        assertThat(talker.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.print())
                        .startsWith(
                                "src/group/talker/test/test_talker.py:5: error RB461 the test pytest: test_wrong fails: ")
                        .contains("assert (1 + 1) == 3"));
    }

    @Test
    void testsThatCMakeAloneKnowsCountAndOneThatHangsIsAnError() throws Exception {
        TestedWorkspace tested = test(SourcePackage.cmake(
                "plain",
                "include(CTest)",
                "add_test(NAME good COMMAND true)",
                "add_test(NAME bad COMMAND sh -c \"echo out of range; exit 3\")",
                "add_test(NAME lost COMMAND /nowhere/at/all)",
                "add_test(NAME other COMMAND sh -c \"exit 77\")",
                "set_tests_properties(other PROPERTIES SKIP_RETURN_CODE 77)",
                "add_test(NAME hangs COMMAND sleep 1000)",
                "set_tests_properties(hangs PROPERTIES TIMEOUT 1)"));

        PackageTests plain = tested.packages().get(0);
        assertThat(outcomes(plain))
                .containsExactly(
                        "ctest: plain.ctest.good PASSED",
                        "ctest: plain.ctest.bad FAILED",
                        "ctest: plain.ctest.lost ERROR",
                        "ctest: plain.ctest.other SKIPPED",
                        "ctest: plain.ctest.hangs ERROR");
        assertThat(plain.findings())
                .extracting(Finding::message)
                .containsExactly(
                        "the test ctest: bad fails: ends with status 3; its last line is: out of range",
                        "the test ctest: lost gives no result: Unable to find executable",
                        "the test ctest: hangs gives no result: took longer than it may");
    }

    @Test
    void testsThatPrintWithoutEndAreStoppedAndOthersStillRun() throws Exception {
        TestedWorkspace tested = test(
                SourcePackage.cmake("chatter", "include(CTest)", "add_test(NAME endless COMMAND yes)"),
                python("hoarder", "def test_all():\n    import os\n    os.execlp('yes', 'yes')\n"),
                python("quiet", "def test_all():\n    pass\n"));

        assertThat(tested.packages())
                .extracting(PackageTests::line)
                .containsExactly(
                        "Tests run: 1, Failures: 0, Errors: 1, Skipped: 0 - in chatter",
                        "Tests run: 1, Failures: 0, Errors: 1, Skipped: 0 - in hoarder",
                        "Tests run: 1, Failures: 0, Errors: 0, Skipped: 0 - in quiet");
        assertThat(tested.packages().get(0).findings())
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("they print more than 1 MiB, and were stopped"));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void testsSeeWhatTheyNeedAndAPackageThatDoesNotCompileHoldsUpNobodyElse() throws Exception {
        TestedWorkspace tested = test(
                SourcePackage.cmake("broken", "find_package(nowhere REQUIRED)"),
                SourcePackage.python("helper").file("helper/words.py", "WORD = 'hello'\n"),
                python("user", """
                        def test_word():
                            from helper.words import WORD
                            assert WORD == 'hello'
                        """).depend("helper"));

        assertThat(tested.errors()).anyMatch(finding -> finding.id().equals("RB405"));
        assertThat(tested.packages())
                .extracting(PackageTests::line)
                .containsExactly(
                        "Tests run: 0, Failures: 0, Errors: 0, Skipped: 0 - in helper",
                        "Tests run: 1, Failures: 0, Errors: 0, Skipped: 0 - in user");
    }

    @Test
    void aSecondRunTestsWhatChangedInTheBuildFolderOfTheFirst() throws Exception {
        SourcePackage sums = googleTest().change("test/test_crash.cpp", "abort();", "SUCCEED();");
        assertThat(test(sums).packages().get(0).line())
                .isEqualTo("Tests run: 5, Failures: 1, Errors: 0, Skipped: 2 - in sums");

        TestedWorkspace again = test(sums.change("src/sums.cpp", "a + b", "a + b + 1"));

        assertThat(outcomes(again.packages().get(0)))
                .contains("test_sums: sums.Sums.areRight FAILED", "test_sums: sums.Sums.areWrong PASSED")
                .hasSize(5);
        assertThat(Files.readString(folder.resolve("log/sums.log")))
                .contains("sums.cpp.o")
                .doesNotContain("test_sums.cpp.o", "gtest-all.cc.o");
    }

    private Path log(String name) {
        return folder.resolve("log/" + name + "-test.log");
    }
}
