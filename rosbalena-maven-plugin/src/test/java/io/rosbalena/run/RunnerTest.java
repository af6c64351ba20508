package io.rosbalena.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
    @TempDir
    Path folder;

    private final SampleLog log = new SampleLog();
    private BlobStore store;
    private List<ServiceLayer> busybox;

    @BeforeEach
    void makeAnImage() throws IOException {
        store = BlobStore.open(folder.resolve("Laden, groß: 1"));
        busybox = List.of(SampleImage.busybox().store(store));
    }

    private RunReport run(Optional<Duration> limit, Service... services) throws Exception {
        return new Runner(store, store::read, Progress.SILENT)
                .run(List.of(services), new RunOptions(limit, folder.resolve("meine Daten"), log));
    }

    private RunReport run(Service... services) throws Exception {
        return run(Optional.empty(), services);
    }

    private Service shell(String script) {
        return SampleService.shell("one", busybox, script);
    }

    private List<String> said() {
        return log.lines.stream()
                .filter(line -> line.startsWith("one: "))
                .map(line -> line.substring(5))
                .toList();
    }

    @Test
    void aServiceIsProcessOneInARootOfItsLayers() throws Exception {
        ServiceLayer middle = new SampleImage()
                .directory("opt")
                .directory("opt/hidden")
                .file("opt/hidden/below", "")
                .file("opt/removed", "")
                .file("opt/changed", "old")
                .file("opt/kept", "Grüße")
                .hardLink("opt/same", "opt/kept")
                .device("opt/null")
                .store(store);
        ServiceLayer top = new SampleImage()
                .directory("opt")
                .file("opt/.wh.removed", "")
                .file("opt/changed", "new")
                .directory("opt/hidden")
                .file("opt/hidden/.wh..wh..opq", "")
                .file("opt/hidden/above", "")
                .store(store);
        RunReport report = run(new Service(
                "one",
                List.of(busybox.get(0), middle, top),
                new ServiceCommand(
                        List.of(
                                "sh",
                                "-c",
                                "echo $$; pwd; id -u; ls /opt /opt/hidden; cat /opt/same /opt/changed; echo; cat; env"),
                        Map.of("PATH", "/bin", "NAME", "ä 'b' $c"),
                        "/srv/new folder"),
                ServiceView.HOST,
                StopRule.DEFAULT,
                RestartPolicy.NO,
                List.of(),
                List.of()));
        assertThat(said())
                .containsExactly(
                        "1",
                        "/srv/new folder",
                        "0",
                        "/opt:",
                        "changed",
                        "hidden",
                        "kept",
                        "same",
                        "",
                        "/opt/hidden:",
                        "above",
                        "Grüßenew",
                        "SHLVL=1",
                        "HOME=/root",
                        "NAME=ä 'b' $c",
                        "PATH=/bin",
                        "PWD=/srv/new folder");
        assertThat(report.ends()).containsExactly(new ServiceEnd("one", 0, 1, false));
    }

    @Test
    void aCopyOfTheLayersShowsTheSameAsOverlayfs() throws Exception {
        ServiceLayer middle = new SampleImage()
                .directory("opt")
                .file("opt/removed", "")
                .directory("opt/hidden")
                .file("opt/hidden/below", "")
                .directory("opt/folder")
                .file("opt/folder/x", "")
                .link("opt/link", "folder")
                .store(store);
        ServiceLayer top = new SampleImage()
                .file("opt/.wh.removed", "")
                .file("opt/hidden/.wh..wh..opq", "")
                .file("opt/hidden/above", "")
                .file("opt/folder", "a file now")
                .directory("opt/link")
                .file("opt/link/inside", "")
                .store(store);
        LayerDirs layers = new LayerDirs(store, store::read);
        Path copy = Files.createDirectory(folder.resolve("copy"));
        MergedLayers.copy(List.of(layers.unpack(middle, Progress.SILENT), layers.unpack(top, Progress.SILENT)), copy);
        try (var files = Files.walk(copy.resolve("opt"))) {
            assertThat(files.map(file -> copy.relativize(file).toString()).sorted())
                    .containsExactly(
                            "opt", "opt/folder", "opt/hidden", "opt/hidden/above", "opt/link", "opt/link/inside");
        }
        run(SampleService.shell("one", List.of(busybox.get(0), middle, top), "ls /opt /opt/hidden /opt/link"));
        assertThat(said())
                .containsExactly(
                        "/opt:", "folder", "hidden", "link", "", "/opt/hidden:", "above", "", "/opt/link:", "inside");
    }

    @Test
    void aVolumeBeginsWithTheImagesFilesAndIsKept() throws Exception {
        ServiceLayer data =
                new SampleImage().directory("data").file("data/first", "1").store(store);
        Service service = SampleService.with(
                SampleService.shell(
                        "one",
                        List.of(busybox.get(0), data),
                        "ls /data; touch \"/data/run $(ls /data | wc -l)\"; touch /gone"),
                new ServiceView(
                        List.of(new ServiceVolume("my-data", "/data", false)),
                        List.of(),
                        List.of(),
                        true,
                        true,
                        false,
                        false));
        // As a start leaves it that was stopped or refused before it filled the volume.
        Files.createDirectories(folder.resolve("meine Daten/my-data"));
        run(service);
        run(service);
        assertThat(said()).containsExactly("first", "first", "run 1");
        assertThat(folder.resolve("meine Daten/my-data")).isDirectoryContaining("glob:**run 2");
        assertThat(store.root().resolve("runs")).isEmptyDirectory();
    }

    @Test
    void aReadOnlyRootAndVolumeRefuseWritesWhereATmpfsDoesNot() throws Exception {
        run(SampleService.with(
                shell("touch /x; touch /v/x; touch /t/x && stat -c %a /t"),
                new ServiceView(
                        List.of(new ServiceVolume("v", "/v", true)),
                        List.of("/t:mode=750,size=1m"),
                        List.of(),
                        true,
                        true,
                        false,
                        true)));
        assertThat(said())
                .containsExactly("touch: /x: Read-only file system", "touch: /v/x: Read-only file system", "750");
    }

    @Test
    void linksInAnImageNeverLeadToThisMachinesFiles() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "keep me");
        ServiceLayer links = new SampleImage()
                .link("etc/resolv.conf", secret.toString())
                .link("data", folder.toString())
                .store(store);
        run(SampleService.with(
                SampleService.shell("one", List.of(busybox.get(0), links), "touch /data/x; readlink /etc/resolv.conf"),
                new ServiceView(
                        List.of(new ServiceVolume("v", "/data", false)),
                        List.of(),
                        List.of(),
                        true,
                        true,
                        false,
                        false)));
        assertThat(secret).hasContent("keep me");
        assertThat(folder.resolve("x")).doesNotExist();
        assertThat(folder.resolve("meine Daten/v/x")).exists();
    }

    @Test
    void servicesStartAfterThoseTheyDependOnAndStopBeforeThem() throws Exception {
        String script = "trap 'echo stopped; exit 0' INT; echo started; while :; do sleep 0.05; done";
        RunReport report = run(
                Optional.of(Duration.ofSeconds(2)),
                SampleService.shell("c", busybox, script, "b"),
                SampleService.shell("a", busybox, script),
                SampleService.shell("b", busybox, script, "a"));
        assertThat(log.lines)
                .containsExactly(
                        "a: started",
                        "b: started",
                        "c: started",
                        "c: stopped",
                        "c stopped",
                        "b: stopped",
                        "b stopped",
                        "a: stopped",
                        "a stopped");
        assertThat(report.ends()).allMatch(ServiceEnd::stopped).hasSize(3);
        report.throwIfFailed();
    }

    @Test
    void aServiceThatIgnoresItsSignalIsKilledAfterTheGracePeriod() throws Exception {
        Service deaf = SampleService.with(
                shell("trap '' INT; echo up; while :; do sleep 1; done"), new StopRule("INT", Duration.ofMillis(300)));
        RunReport report = run(Optional.of(Duration.ofMillis(300)), deaf);
        assertThat(said()).containsExactly("up");
        assertThat(report.ends()).containsExactly(new ServiceEnd("one", 137, 1, true));
    }

    @Test
    void eachStopSignalReachesTheService() throws Exception {
        for (String signal : List.of("SIGTERM", "USR1", "2", "SIGRTMIN+3")) {
            String number = signal.equals("SIGRTMIN+3")
                    ? "37"
                    : signal.replace("SIG", "").replace("2", "INT");
            run(
                    Optional.of(Duration.ofMillis(500)),
                    SampleService.with(
                            shell("trap 'echo " + signal + "; exit' " + number + "; while :; do sleep 0.05; done"),
                            new StopRule(signal, Duration.ofSeconds(10))));
        }
        assertThat(said()).containsExactly("SIGTERM", "USR1", "2", "SIGRTMIN+3");
    }

    @Test
    void theExitStatusOfAFailedServiceIsReported() throws Exception {
        for (Map.Entry<List<String>, Integer> each : Map.of(
                        List.of("sh", "-c", "exit 3"), 3,
                        List.of("not there"), 127,
                        List.of("/etc"), 126,
                        List.of("sh", "-c", "sh -c 'kill -SEGV $$'; exit $?"), 139,
                        List.of("sh", "-c", "exit 0"), 0)
                .entrySet()) {
            RunReport report = run(SampleService.program("one", busybox, each.getKey()));
            assertThat(report.ends()).containsExactly(new ServiceEnd("one", each.getValue(), 1, false));
            if (each.getValue() != 0) {
                assertThatThrownBy(report::throwIfFailed)
                        .isInstanceOf(FindingException.class)
                        .hasMessageContaining("service one: ended with exit status " + each.getValue());
            }
        }
    }

    @Test
    void aServiceKilledFromOutsideHasStatus137() throws Exception {
        SampleLog record = new SampleLog() {
            @Override
            public synchronized void line(String service, String text) {
                super.line(service, text);
                ProcessHandle.current()
                        .descendants()
                        .filter(each -> each.info().command().orElse("").endsWith("busybox"))
                        .forEach(ProcessHandle::destroyForcibly);
            }
        };
        RunReport report = new Runner(store, store::read, Progress.SILENT)
                .run(
                        List.of(SampleService.shell("one", busybox, "echo up; sleep 4714; true")),
                        new RunOptions(Optional.empty(), folder.resolve("v"), record));
        assertThat(report.ends()).containsExactly(new ServiceEnd("one", 137, 1, false));
        assertThat(record.lines).hasSize(2).first().isEqualTo("one: up");
    }

    @Test
    void failuresLeadToNewStartsAsTheRestartPolicySays() throws Exception {
        RunReport limited =
                run(SampleService.with(shell("echo again >> /count; wc -l < /count; exit 4"), "on-failure:2"));
        assertThat(said()).containsExactly("1", "2", "3");
        assertThat(limited.ends()).containsExactly(new ServiceEnd("one", 4, 3, false));
        RunReport well = run(SampleService.with(shell("exit 0"), "on-failure"));
        assertThat(well.ends()).containsExactly(new ServiceEnd("one", 0, 1, false));
    }

    @Test
    void aServiceThatAlwaysEndsSoonIsGivenUp() throws Exception {
        RunReport report = run(SampleService.with(shell("exit 5"), "unless-stopped"));
        assertThat(report.ends()).containsExactly(new ServiceEnd("one", 5, Supervision.QUICK_ENDS, false));
        assertThat(log.lines).last().asString().contains("exit status 5", "not started again");
    }

    @Test
    void aMissingDeviceIsToldAndAnotherIsThere() throws Exception {
        run(SampleService.with(
                shell("echo x > /dev/sink; echo $?; ls /dev/missing"),
                new ServiceView(
                        List.of(),
                        List.of(),
                        List.of(
                                new ServiceDevice("/dev/null", "/dev/sink"),
                                new ServiceDevice("/dev/rosbalena-missing", "/dev/missing")),
                        true,
                        true,
                        false,
                        false)));
        assertThat(log.lines.get(0)).contains("RB553", "service one", "/dev/rosbalena-missing");
        assertThat(said().get(0)).isEqualTo("0");
        assertThat(said().get(1)).contains("No such file");
    }

    @Test
    void servicesShareThisMachinesMemoryUnlessTheyHaveTheirOwn() throws Exception {
        String file = "/dev/shm/rosbalena-test-" + ProcessHandle.current().pid();
        ServiceView own = new ServiceView(List.of(), List.of(), List.of(), false, true, false, false);
        run(
                SampleService.shell("a", busybox, "touch " + file),
                SampleService.with(
                        SampleService.shell("one", busybox, "ls " + file + " > /dev/null 2>&1; echo $?"), own));
        assertThat(said()).containsExactly("1");
        assertThat(Path.of(file)).exists();
        Files.delete(Path.of(file));
    }

    @Test
    void withoutANetworkOnlyTheLoopbackIsThere() throws Exception {
        run(SampleService.with(
                shell("grep -c : /proc/net/dev"),
                new ServiceView(List.of(), List.of(), List.of(), true, false, false, false)));
        assertThat(said()).containsExactly("1");
    }

    @Test
    void whatIsNotAppliedIsToldOnce() throws Exception {
        Service service = shell("exit 0");
        run(new Service(
                "one",
                busybox,
                service.command(),
                service.view(),
                service.stop(),
                service.restart(),
                List.of(),
                List.of("mem_limit", "user")));
        assertThat(log.lines.get(0)).contains("RB558", "mem_limit (one), user (one)");
    }

    @Test
    void aLayerThatIsNotThePromisedOneIsRefused() throws Exception {
        ServiceLayer wrong = new ServiceLayer(busybox.get(0).blob(), Digest.of("another"));
        assertThatThrownBy(() -> run(SampleService.shell("one", List.of(wrong), "true")))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB552");
        assertThat(store.root().resolve("layers")).isEmptyDirectory();
    }

    @Test
    void aLayerWithANameThatLeavesTheRootIsRefused() throws Exception {
        ServiceLayer evil = new SampleImage().file("../evil", "").store(store);
        assertThatThrownBy(() -> run(SampleService.shell("one", List.of(evil), "true")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("../evil");
        ServiceLayer whiteout = new SampleImage().file("a/.wh...", "").store(store);
        assertThatThrownBy(() -> run(SampleService.shell("one", List.of(whiteout), "true")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(".wh...");
    }

    /** What a start costs does not grow with the image. */
    @Test
    void startingAServiceCopiesNothingAndLeavesOneProcessBesideIt() throws Exception {
        List<Path> written = new ArrayList<>();
        List<ProcessHandle> processes = new ArrayList<>();
        SampleLog record = new SampleLog() {
            @Override
            public synchronized void line(String service, String text) {
                super.line(service, text);
                processes.addAll(ProcessHandle.current().descendants().toList());
                try (var runs = Files.newDirectoryStream(store.root().resolve("runs"))) {
                    Path folder = runs.iterator().next().resolve("service-one");
                    for (String name : List.of("upper", "root")) {
                        try (var files = Files.walk(folder.resolve(name))) {
                            files.filter(file -> Files.isRegularFile(file)
                                            && file.toFile().length() > 0)
                                    .forEach(written::add);
                        }
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } finally {
                    processes.forEach(ProcessHandle::destroyForcibly);
                }
            }
        };
        new Runner(store, store::read, Progress.SILENT)
                .run(
                        List.of(SampleService.shell("one", busybox, "echo up; exec sleep 4714")),
                        new RunOptions(Optional.empty(), folder.resolve("v"), record));
        Assumptions.assumeTrue(
                record.lines.get(0).equals("one: up"), () -> "skipped, for images are copied here: " + record.lines);
        assertThat(written).isEmpty();
        assertThat(processes).hasSize(2);
    }
}
