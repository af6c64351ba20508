package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Finding;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs of builds that print without end. */
class CompileLogTest {
    @TempDir
    Path folder;

    private interface Writing {
        void to(BufferedWriter log) throws Exception;
    }

    private List<Finding> findings(Writing writing) throws Exception {
        Path log = folder.resolve("talker.log");
        try (BufferedWriter writer = Files.newBufferedWriter(log)) {
            writing.to(writer);
        }
        return CompileLog.read(SourcePackage.cmake("talker").build(), log);
    }

    @Test
    void aLineWithoutEndBecomesAShortMessage() throws Exception {
        List<Finding> findings = findings(log -> {
            log.write("/ros2_ws/src/group/talker/main.cpp:3:1: error: ");
            for (int i = 0; i < 300_000; i++) {
                log.write("template<");
            }
            log.write("\n/ros2_ws/src/group/talker/main.cpp:4:1: error: expected ';'\n");
        });
        assertThat(findings).hasSize(2);
        assertThat(findings.get(0).print())
                .contains("src/group/talker/main.cpp:3:1: error RB404")
                .hasSizeLessThan(2000);
        assertThat(findings.get(1).print()).contains("src/group/talker/main.cpp:4", "expected ';'");
    }

    @Test
    void onlyTheFirstOfManyErrorsAreTold() throws Exception {
        List<Finding> findings = findings(log -> {
            for (int i = 1; i <= 10_000; i++) {
                log.write("main.cpp:" + i + ":1: error: wrong\n");
            }
        });
        assertThat(findings).hasSize(5).allMatch(finding -> finding.print().contains("main.cpp:"));
    }

    @Test
    void aMessageOfCMakeWithoutEndIsCut() throws Exception {
        List<Finding> findings = findings(log -> {
            log.write("CMake Error at CMakeLists.txt:3 (message):\n");
            for (int i = 0; i < 100_000; i++) {
                log.write("  and on\n");
            }
            log.write("\n");
        });
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).print())
                .contains("CMakeLists.txt:3", "and on")
                .hasSizeLessThan(2000);
    }
}
