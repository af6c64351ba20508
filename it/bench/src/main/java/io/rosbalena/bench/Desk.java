package io.rosbalena.bench;

import io.rosbalena.device.LocalEngine;
import io.rosbalena.device.StandInSupervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * One line more in a Python package, until the service that holds it runs again on a device: an engine of this machine
 * with a stand-in for the Supervisor. Measured against building alone after the same kind of change.
 */
final class Desk implements Measurement {
    private static final String MANIFEST = """
            version: "2.4"
            services:
              camera_driver:
                build: ./src/camera_driver
                command: [sleep, infinity]
              perception_node:
                build: ./src/perception_node
                command: [python3, -c, "import time, perception_node.bus; time.sleep(1e8)"]
            """;

    private final Workplace workplace;

    Desk(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public List<Row> measure() throws IOException, InterruptedException {
        Path project = workplace.folder().resolve("desk");
        Workplace.copy(workplace.courier(), project);
        Files.writeString(project.resolve("docker-compose.yml"), MANIFEST);
        Path changed = project.resolve("src/perception_node/perception_node/node.py");
        workplace.maven(project, workplace.store(), "rosbalena:build").run();
        List<Cost> alone = new ArrayList<>();
        List<Cost> onDevice = new ArrayList<>();
        String sent = "";
        try (LocalEngine engine = LocalEngine.start(workplace.empty("engine"));
                StandInSupervisor supervisor = new StandInSupervisor(engine)) {
            Command build = workplace.offline(project, workplace.store(), "rosbalena:build");
            Command dev = workplace.offline(
                    project,
                    workplace.store(),
                    "rosbalena:dev",
                    "-Ddevice=127.0.0.1",
                    "-Drosbalena.enginePort=" + engine.port(),
                    "-Drosbalena.supervisorPort=" + supervisor.port(),
                    "-Drosbalena.dev.follow=false");
            dev.run();
            for (int run = 0; run < workplace.runs(); run++) {
                change(changed);
                alone.add(compiled(build.run()).cost());
                dev.run();
                change(changed);
                Command.Result result = compiled(dev.run());
                result.line("started: perception_node");
                result.line("not touched: camera_driver");
                sent = result.line("sending 1 of").text().strip();
                onDevice.add(result.cost());
            }
        }
        return List.of(Row.within(
                "one line of Python until its service runs again (" + sent.replaceFirst("^.*sending", "sending") + ")",
                Cost.median(onDevice),
                "rosbalena:build alone",
                Cost.median(alone),
                1.5,
                1));
    }

    private static Command.Result compiled(Command.Result result) {
        result.line("compiled 1 of");
        return result;
    }

    /** A line that no result in the store knows. */
    private static void change(Path file) throws IOException {
        Files.writeString(file, "# " + System.nanoTime() + "\n", StandardOpenOption.APPEND);
    }
}
