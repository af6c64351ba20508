package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskComplaintTest {
    @TempDir
    private Path disk;

    private final List<String> heard = new ArrayList<>();
    private final DiskComplaint complaint = new DiskComplaint(heard::add);

    /** In the forms of as, ld, cc1plus, Python and gmake. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tmp/ccXYZ.s: Fatal error: can't write 96 bytes to section .data of a.o: 'No space left on device'",
                "/usr/bin/ld: final link failed: No space left on device",
                "a.cpp:1: fatal error: error writing to /tmp/ccXYZ.s: No space left on device",
                "OSError: [Errno 28] No space left on device: '/ros2_ws/log/a'",
                "OSError: [Errno 122] Disk quota exceeded",
                "gmake: write error: stdout: No space left on device",
            })
    void aToolThatHasNoRoomBlamesTheDisk(String line) {
        complaint.accept(line);

        assertThat(heard).containsExactly(line);
        assertThatThrownBy(() -> complaint.refuse(disk.resolve("none.log"), disk))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB740 the disk of " + disk);
    }

    @Test
    void aLogCountsToo() throws Exception {
        Path log = Files.writeString(disk.resolve("a.log"), "x\nld: final link failed: No space left on device\ny\n");

        assertThatThrownBy(() -> complaint.refuse(log, disk)).hasMessageContaining("RB740");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "   12 |     throw Full(\"error: No space left on device\");",
                "a.cpp:3:5: error: 'No space left on device' was not declared in this scope",
                "a.cpp:3:5: error: expected ';' before '}' token",
            })
    void aSourceThatSpeaksOfFullDisksIsASource(String line) throws Exception {
        complaint.accept(line);
        complaint.refuse(disk.resolve("none.log"), disk);

        assertThat(heard).hasSize(1);
    }
}
