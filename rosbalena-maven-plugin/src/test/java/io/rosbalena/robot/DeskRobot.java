package io.rosbalena.robot;

import io.rosbalena.RealTool;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A small robot whose two services run for ever: shell scripts and the busybox that runs them. */
final class DeskRobot {
    /** What a service runs; it says the words once. */
    static final String SCRIPT = """
            trap 'exit 0' INT TERM
            echo "WORDS of $NAME"
            while :; do /usr/bin/busybox sleep 0.1; done
            """;

    private DeskRobot() {}

    static SmallRobot in(Path folder) throws IOException {
        RealTool.require("busybox");
        SmallRobot robot = SmallRobot.in(folder);
        robot.archive().debWith(Path.of("/bin/busybox"), "usr/bin/busybox", "busybox", "1");
        return robot.publish()
                .write("talker.sh", SCRIPT.replace("WORDS", "hello"))
                .write("listener.sh", SCRIPT.replace("WORDS", "news"))
                .write("docker-compose.yml", """
                        services:
                          talker:
                            network_mode: host
                            command: [/usr/bin/busybox, sh, /opt/talker.sh]
                            environment: {NAME: one}
                            volumes: ["kept:/data"]
                            x-rosbalena:
                              apt: [busybox]
                              files: ["talker.sh:/opt/talker.sh"]
                              secrets: [TOKEN]
                          listener:
                            network_mode: host
                            command: [/usr/bin/busybox, sh, /opt/listener.sh]
                            environment: {NAME: other}
                            x-rosbalena:
                              apt: [busybox]
                              files: ["listener.sh:/opt/listener.sh"]
                        volumes: {kept: {}}
                        """);
    }

    /** Makes a folder a disk of this size; skips the test where this machine does not let it. */
    static void mountSmallDisk(Path folder, String size) throws IOException {
        try {
            RealTool.run(folder, "mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
        } catch (AssertionError e) {
            Assumptions.abort("skipped: no file system can be mounted here");
        }
    }
}
