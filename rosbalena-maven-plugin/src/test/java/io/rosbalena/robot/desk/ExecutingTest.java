package io.rosbalena.robot.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.device.shell.LocalSshd;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands over OpenSSH's own server; a script is the engine. */
class ExecutingTest {
    private static final String RECORDING = "for word in \"$@\"; do printf '[%s]\\n' \"$word\"; done >\"$0.words\"";

    /** What a shell would expand, split or end at. */
    private static final List<String> NASTY = List.of(
            "a b",
            "$HOME",
            "`id`",
            "$(touch /tmp/never)",
            "it's",
            "\"q\"",
            "\\",
            "*",
            "~",
            "#x",
            "!h",
            "a;b|c&d>e",
            "-rf",
            "",
            "zwei\nZeilen",
            "ü");

    @TempDir
    private Path folder;

    @Test
    void eachWordOfACommandArrivesAsItIs() throws Exception {
        try (LocalSshd device = LocalSshd.start(folder)) {
            device.program("record", RECORDING);
            StringBuilder command = new StringBuilder("record");
            NASTY.forEach(word ->
                    command.append(" '").append(word.replace("'", "'\\''")).append('\''));

            exec(device, Optional.empty(), command.toString());

            assertThat(Files.readString(folder.resolve("bin/record.words")))
                    .isEqualTo(String.join(
                            "", NASTY.stream().map(word -> "[" + word + "]\n").toList()));
        }
    }

    @Test
    void inAServiceItRunsThroughTheEngineOfTheDevice() throws Exception {
        try (LocalSshd device = LocalSshd.start(folder)) {
            engine(device, "0123456789ab talker_12_34_deadbeef", "ba9876543210 front-talker_13_34_deadbeef");

            exec(device, Optional.of("talker"), "ros2 topic echo '/a b'");

            assertThat(words())
                    .containsExactly("[exec]", "[-i]", "[0123456789ab]", "[ros2]", "[topic]", "[echo]", "[/a b]");
        }
    }

    @Test
    void withoutACommandAServiceGivesItsShellHoweverThatEnds() throws Exception {
        try (LocalSshd device = LocalSshd.start(folder)) {
            device.program(
                    "docker",
                    "[ \"$1\" != ps ] || { echo \"ba9876543210 courier-camera-1\"; exit 0; }",
                    RECORDING.replace("$0", "$(dirname \"$0\")/balena-engine"),
                    "exit 3");

            Executing.exec(
                    device.target(),
                    new Executing.Request(
                            Optional.of("camera"), Optional.empty(), Optional.of(device.identity()), false),
                    folder.resolve("keys"));

            assertThat(words()).startsWith("[exec]", "[-i]", "[ba9876543210]", "[/bin/sh]", "[-c]");
        }
    }

    @Test
    void aServiceThatDoesNotRunIsToldWithThoseThatDo() throws Exception {
        try (LocalSshd device = LocalSshd.start(folder)) {
            engine(
                    device,
                    "0123456789ab talker_12_34_deadbeef",
                    "ba9876543210 robot-front-camera-1",
                    "ba9876543211 robot-camera-1",
                    "not hexadecimal",
                    "ba98765432ff \u001b[31mred");

            assertThatThrownBy(() -> exec(device, Optional.of("planner"), "true"))
                    .isInstanceOf(FindingException.class)
                    .hasMessageContaining("RB692")
                    .hasMessageContaining("robot-camera-1, robot-front-camera-1, talker_12_34_deadbeef")
                    .hasMessageNotContaining("red");
            assertThatThrownBy(() -> exec(device, Optional.of("camera"), "true"))
                    .hasMessageContaining("RB692")
                    .hasMessageContaining("several containers");
            exec(device, Optional.of("robot-camera-1"), "true");
            assertThat(words()).contains("[ba9876543211]");
        }
    }

    @Test
    void aCommandThatFailsEndsTheGoalWithItsStatus() throws Exception {
        try (LocalSshd device = LocalSshd.start(folder)) {
            assertThatThrownBy(() -> exec(device, Optional.empty(), "sh -c 'exit 7'"))
                    .isInstanceOf(FindingException.class)
                    .hasMessageContaining("RB693")
                    .hasMessageContaining("ended with 7");
        }
    }

    @Test
    void anotherHostKeyThanBeforeIsRefused() throws Exception {
        try (LocalSshd device = LocalSshd.start(folder)) {
            exec(device, Optional.empty(), "true");
            Path keys = onlyFile(folder.resolve("keys"));
            String seen = Files.readString(keys);
            assertThat(seen)
                    .contains(Files.readString(folder.resolve("host.pub")).split(" ", -1)[1]);
            String other = Files.readString(folder.resolve("user.pub")).split(" ", -1)[1];
            Files.writeString(keys, seen.replaceFirst("(ssh-ed25519) \\S+", "$1 " + other));

            assertThatThrownBy(() -> exec(device, Optional.empty(), "true"))
                    .isInstanceOf(FindingException.class)
                    .hasMessageContaining("RB691")
                    .hasMessageContaining("remove " + keys);
        }
    }

    @Test
    void whatIsNoDeviceAndNoCommandIsToldAtOnce() throws IOException {
        for (String host : List.of("-oProxyCommand=touch /tmp/never", "a b", "root@device", "")) {
            assertThatThrownBy(() -> Executing.device(Optional.of(host))).hasMessageContaining("RB690");
        }
        assertThatThrownBy(() -> Executing.device(Optional.empty())).hasMessageContaining("RB690");
        for (String command : List.of("ros2 topic list | head", "echo 'open")) {
            assertThatThrownBy(() -> Executing.exec(
                            Executing.device(Optional.of("127.0.0.1")),
                            new Executing.Request(Optional.empty(), Optional.of(command), Optional.empty(), false),
                            folder.resolve("keys")))
                    .hasMessageContaining("RB695");
        }
        assertThat(folder.resolve("keys")).doesNotExist();
    }

    private void exec(LocalSshd device, Optional<String> service, String command)
            throws IOException, InterruptedException {
        Executing.exec(
                device.target(),
                new Executing.Request(service, Optional.of(command), Optional.of(device.identity()), false),
                folder.resolve("keys"));
    }

    private static void engine(LocalSshd device, String... containers) throws IOException {
        device.program(
                "balena-engine",
                "if [ \"$1\" = ps ]; then",
                "cat <<'END'",
                String.join("\n", containers),
                "END",
                "else",
                RECORDING,
                "fi");
    }

    private List<String> words() throws IOException {
        return Files.readAllLines(folder.resolve("bin/balena-engine.words"));
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.reduce((one, other) -> {
                        throw new AssertionError(one + " and " + other);
                    })
                    .orElseThrow();
        }
    }
}
