package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.RealTool;
import io.rosbalena.device.CuttingRelay;
import io.rosbalena.device.LocalEngine;
import io.rosbalena.device.StandInSupervisor;
import io.rosbalena.finding.FindingException;
import io.rosbalena.json.Json;
import io.rosbalena.robot.desk.DevRequest;
import io.rosbalena.robot.desk.Developing;
import io.rosbalena.transfer.LocalServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal dev against a real engine, with a stand-in for the Supervisor. */
class DevelopingTest {
    @TempDir
    private static Path engineFolder;

    private static LocalEngine engine;

    @TempDir
    private Path folder;

    private final List<String> printed = new CopyOnWriteArrayList<>();
    private SmallRobot robot;
    private StandInSupervisor supervisor;
    private CuttingRelay relay;

    @BeforeAll
    static void startTheEngine() throws Exception {
        RealTool.require("busybox");
        engine = LocalEngine.start(engineFolder);
    }

    @AfterAll
    static void stopTheEngine() throws Exception {
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void makeARobot() throws IOException {
        supervisor = new StandInSupervisor(engine);
        relay = new CuttingRelay(engine.port());
        robot = DeskRobot.in(folder);
    }

    @AfterEach
    void clean() throws IOException {
        supervisor.close();
        relay.close();
        engine.empty();
    }

    private void dev() throws IOException, InterruptedException {
        dev("127.0.0.1", relay.port(), supervisor.port());
    }

    private void dev(String device, int enginePort, int supervisorPort) throws IOException, InterruptedException {
        robot.said().clear();
        printed.clear();
        supervisor.started.clear();
        supervisor.requests.clear();
        DevRequest request = new DevRequest(
                Optional.of(device),
                new DevRequest.Ports(enginePort, supervisorPort),
                Optional.of(robot.file("balena-env.yml")),
                false,
                false,
                false);
        Developing.dev(robot.robotProject(), request, robot.surroundings(), Map.of("TOKEN", "s3cret"), printed::add);
    }

    private static String refused(ThrowingCallable goal) {
        return catchThrowableOfType(FindingException.class, goal).getMessage();
    }

    private List<String> running() throws IOException {
        return engine.docker("ps", "--format", "{{.Names}}")
                .lines()
                .map(name -> name.substring(0, name.indexOf('_')))
                .sorted()
                .toList();
    }

    /** The ids that the engine should have: digests of the configurations in the OCI layout. */
    private String config(String service) throws IOException {
        var services = Json.parse(Files.readAllBytes(robot.file("target/rosbalena/build.json")))
                .get("services");
        return services.get(service)
                .get("platforms")
                .get("linux/amd64")
                .get("config")
                .string();
    }

    @Test
    void theFirstTimeEverythingIsSentAndStarted() throws Exception {
        dev();

        assertThat(running()).containsExactly("listener", "talker");
        assertThat(robot.said()).anyMatch(line -> line.matches("sending 5 of 5 layers, [0-9.]+ MB"));
        assertThat(robot.said()).contains("started: listener, talker");
        assertThat(robot.said()).last().asString().contains("leaves local mode", "volumes");
        assertThat(engine.docker("inspect", "--format", "{{.Id}}", "local_image_talker:latest"))
                .isEqualTo(config("talker"));
        String talker = engine.docker("ps", "--quiet", "--filter", "label=io.resin.local.service=talker");
        assertThat(engine.docker("inspect", "--format", "{{.Config.Env}} {{.HostConfig.Binds}}", talker))
                .contains("NAME=one", "TOKEN=s3cret", "1_kept:/data");
        // What it says at the very end may come too late for a goal that does not follow.
        assertThat(printed).contains("Supervisor: Installing service 'listener'");
        assertThat(robot.said()).noneMatch(line -> line.contains("s3cret"));
        assertThat(printed).noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void oneLineMoreSendsItsLayerAndRestartsItsService() throws Exception {
        dev();
        long first = relay.sent();
        List<String> before =
                engine.docker("ps", "--quiet", "--no-trunc").lines().toList();
        robot.write("talker.sh", DeskRobot.SCRIPT.replace("WORDS", "good morning"));
        dev();

        assertThat(robot.said()).anyMatch(line -> line.matches("sending 1 of 4 layers, [0-9.]+ kB"));
        assertThat(relay.sent() - first).isLessThan(16_000);
        assertThat(supervisor.started).containsExactly("talker");
        assertThat(robot.said()).contains("started: talker", "not touched: listener");
        assertThat(engine.docker("ps", "--quiet", "--no-trunc").lines()).containsAnyElementsOf(before);
        // The image of before would fill the disk one day.
        assertThat(engine.docker("images", "--all", "--quiet").lines()).hasSize(2);
        assertThat(engine.docker("inspect", "--format", "{{.Id}}", "local_image_talker:latest"))
                .isEqualTo(config("talker"));
    }

    @Test
    void nothingChangedSendsNothingAndRestartsNothing() throws Exception {
        dev();
        long first = relay.sent();
        dev();

        assertThat(robot.said()).contains("nothing to send: the engine has every image");
        assertThat(relay.sent() - first).isLessThan(4_000);
        assertThat(supervisor.started).isEmpty();
        assertThat(robot.said()).contains("not touched: listener, talker");
    }

    @Test
    void aServiceThatComesOrGoesLeavesTheOthersAlone() throws Exception {
        dev();
        String two = Files.readString(robot.file("docker-compose.yml"));
        robot.write("docker-compose.yml", two.replace("services:\n", """
                services:
                  arm:
                    network_mode: host
                    command: [/usr/bin/busybox, sh, /opt/listener.sh]
                    x-rosbalena:
                      apt: [busybox]
                      files: ["listener.sh:/opt/listener.sh"]
                """));
        dev();
        assertThat(supervisor.started).containsExactly("arm");

        robot.write("docker-compose.yml", two);
        dev();
        assertThat(supervisor.started).isEmpty();
        assertThat(robot.said()).contains("not touched: listener, talker", "removed: arm");
        assertThat(running()).containsExactly("listener", "talker");
    }

    @Test
    void anotherVariableRestartsItsServiceWithoutAnythingSent() throws Exception {
        dev();
        robot.write(
                "docker-compose.yml",
                Files.readString(robot.file("docker-compose.yml")).replace("NAME: other", "NAME: third"));
        dev();

        assertThat(robot.said()).contains("nothing to send: the engine has every image");
        assertThat(supervisor.started).containsExactly("listener");
    }

    @Test
    void variablesThatAreCheckedInReachTheirServices() throws Exception {
        robot.write("balena-env.yml", """
                variables:
                  - {name: LEVEL, default: debug}
                  - {name: NAME, default: "$5", services: [listener]}
                  - {name: TOKEN, secret: true, services: [listener]}
                  - {name: BALENA_HOST_CONFIG_gpu_mem, type: integer, default: 64}
                """);
        dev();

        String listener = engine.docker("ps", "--quiet", "--filter", "label=io.resin.local.service=listener");
        assertThat(engine.docker("inspect", "--format", "{{.Config.Env}}", listener))
                .contains("LEVEL=debug", "NAME=$5", "TOKEN=s3cret")
                .doesNotContain("gpu_mem");
        assertThat(robot.said()).noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void theOverlayOfTheDeskIsTakenWhereItIs() throws Exception {
        robot.write("docker-compose.dev.yml", "services: {talker: {environment: {NAME: desk}}}\n");
        dev();

        String talker = engine.docker("ps", "--quiet", "--filter", "label=io.resin.local.service=talker");
        assertThat(engine.docker("inspect", "--format", "{{.Config.Env}}", talker))
                .contains("NAME=desk");
        assertThat(robot.said()).anyMatch(line -> line.startsWith("a variant for the desk: overlay dev"));
    }

    @Test
    void aDeviceOfAnotherKindIsToldBeforeAnythingIsBuilt() {
        supervisor.architecture = "aarch64";
        assertThat(refused(this::dev))
                .contains(
                        "pom.xml: error RB665 the device 127.0.0.1 is a genericx86-64-ext of the architecture aarch64",
                        "the robot is built for linux/amd64",
                        "<platforms>linux/arm64</platforms>");
        assertThat(robot.file("target/rosbalena")).doesNotExist();

        supervisor.architecture = "armv7hf";
        assertThat(refused(this::dev)).contains("RB665", "choose a 64-bit balenaOS");
        assertThat(supervisor.requests).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void aDeviceThatIsNotInLocalModeSaysHowItComesThere() {
        supervisor.localMode = false;
        assertThat(refused(this::dev))
                .contains(
                        "RB663 the device 127.0.0.1 is not in local mode",
                        "in the dashboard",
                        "balena device local-mode");

        supervisor.localMode = true;
        supervisor.refusal = Optional.of("Target state can only set when device is in local mode");
        assertThat(refused(this::dev)).contains("RB663 the device 127.0.0.1 is not in local mode");
    }

    @Test
    void whatTheSupervisorRefusesIsToldInItsWords() {
        supervisor.refusal = Optional.of("Invalid contract");
        assertThat(refused(this::dev)).contains("RB668", "Invalid contract");

        supervisor.version = "7.21.3";
        assertThat(refused(this::dev)).contains("RB662", "7.21.3", "7.21.4 is the least");
    }

    /** Else a service of the state of before would take the new image when it is started the next time. */
    @Test
    void whereTheStateIsRefusedNamesStayWithTheirImages() throws Exception {
        dev();
        String before = engine.docker("inspect", "--format", "{{.Id}}", "local_image_talker:latest");
        robot.write("talker.sh", DeskRobot.SCRIPT.replace("WORDS", "good morning"));
        supervisor.refusal = Optional.of("Invalid contract");
        assertThat(refused(this::dev)).contains("Invalid contract");

        assertThat(engine.docker("inspect", "--format", "{{.Id}}", "local_image_talker:latest"))
                .isEqualTo(before)
                .isNotEqualTo(config("talker"));
        supervisor.refusal = Optional.empty();
        dev();
        assertThat(robot.said()).contains("nothing to send: the engine has every image", "started: talker");
    }

    @Test
    void aDeviceThatIsNotThereOrHasNoOpenEngineIsTold() {
        assertThat(refused(() -> dev("127.0.0.1", 1, 1)))
                .contains("RB660", "127.0.0.1:1", "connection refused", "rosbalena:scan");
        assertThat(refused(() -> dev("127.0.0.1", 1, supervisor.port()))).contains("RB664", "developmentMode");
        assertThat(refused(() -> dev("no-such-device.invalid", 1, 1))).contains("RB660", "no device of the name");
    }

    @Test
    void aPublicAddressIsRefusedBeforeAnythingIsAsked() {
        for (String address : List.of("203.0.113.7", "2001:db8::7")) {
            assertThat(refused(() -> dev(address, relay.port(), supervisor.port())))
                    .contains("RB661", address.startsWith("203") ? address : "2001:db8", "-Drosbalena.force");
        }
        assertThat(supervisor.requests).isEmpty();
        assertThat(relay.sent()).isZero();
    }

    @Test
    void anEngineThatGoesInTheMiddleLeavesEverythingAsItWas() throws Exception {
        dev();
        robot.write("talker.sh", DeskRobot.SCRIPT.replace("WORDS", noise()));
        List<String> before = engine.docker("ps", "--quiet").lines().toList();
        relay.cutAfter(200_000);
        assertThat(refused(this::dev)).contains("RB667", "POST /images/load", "broke off");

        assertThat(supervisor.started).isEmpty();
        assertThat(supervisor.requests).noneMatch(request -> request.startsWith("POST"));
        assertThat(engine.docker("ps", "--quiet").lines()).containsExactlyElementsOf(before);
        assertThat(engine.docker("images", "--all", "--quiet").lines()).hasSize(2);

        relay.cutAfter(Long.MAX_VALUE);
        dev();
        assertThat(supervisor.started).containsExactly("talker");
    }

    /** A comment that no compressor makes small. */
    private static String noise() {
        byte[] bytes = new byte[700_000];
        new Random(7).nextBytes(bytes);
        StringBuilder hex = new StringBuilder("x\"\n# ");
        for (byte one : bytes) {
            hex.append(String.format("%02x", one));
        }
        return hex.append("\n: \"").toString();
    }

    @Test
    void aFullDiskOnTheDeviceIsTold() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("small/data"));
        DeskRobot.mountSmallDisk(disk, "20m");
        LocalEngine full = LocalEngine.start(folder.resolve("small"));
        try {
            robot.write("talker.sh", DeskRobot.SCRIPT.replace("WORDS", noise().repeat(16)));
            assertThat(refused(() -> dev("127.0.0.1", full.port(), supervisor.port())))
                    .contains("RB668", "no space left", "free space on the device");
            assertThat(supervisor.requests).noneMatch(request -> request.startsWith("POST"));
        } finally {
            full.close();
            RealTool.run(folder, "umount", disk.toString());
        }
    }

    @Test
    void aServerThatIsNoEngineIsTold() throws Exception {
        try (LocalServer page = new LocalServer(
                exchange -> LocalServer.answer(exchange, 200, "<html>hello</html>".getBytes(StandardCharsets.UTF_8)))) {
            assertThat(refused(() -> dev("127.0.0.1", page.port(), supervisor.port())))
                    .contains("RB667", "the engine of the device 127.0.0.1", "no JSON");
            assertThat(refused(() -> dev("127.0.0.1", relay.port(), page.port())))
                    .contains("RB667", "something else than a Supervisor answers");
        }
    }

    @Test
    void afterCtrlCTheServicesRunOn() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DevelopingProgram.class.getName(),
                        Files.createDirectory(folder.resolve("other")).toString(),
                        String.valueOf(engine.port()),
                        String.valueOf(supervisor.port()))
                .redirectErrorStream(true)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                if (line.startsWith("following the logs")) {
                    RealTool.run(folder, "kill", "-INT", String.valueOf(program.pid()));
                }
            }
        } finally {
            program.destroyForcibly();
        }

        assertThat(program.waitFor()).as(String.join("\n", lines)).isEqualTo(130);
        assertThat(lines).last().isEqualTo("the services keep running on the device 127.0.0.1");
        assertThat(running()).containsExactly("listener", "talker");
    }

    @Test
    void controlCharactersOfTheDeviceDoNotReachTheTerminal() throws Exception {
        robot.write("talker.sh", DeskRobot.SCRIPT.replace("WORDS", "\033[2J"));
        dev();
        assertThat(printed).noneMatch(line -> line.indexOf(27) >= 0);
    }
}
