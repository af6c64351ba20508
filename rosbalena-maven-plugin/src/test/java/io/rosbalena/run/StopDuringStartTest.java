package io.rosbalena.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.Processes;
import io.rosbalena.sandbox.Way;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stop may come at any moment of a start. No grace period of these tests ever ends. */
class StopDuringStartTest {
    private static final StopRule PATIENT = new StopRule("INT", Duration.ofDays(1));

    @TempDir
    Path folder;

    private final SampleLog log = new SampleLog();
    private BlobStore store;
    private List<ServiceLayer> busybox;

    @BeforeEach
    void makeAnImage() throws Exception {
        store = BlobStore.open(folder.resolve("store"));
        busybox = List.of(SampleImage.busybox().store(store));
    }

    private Service service(String name, String script) {
        return SampleService.with(SampleService.shell(name, busybox, script), PATIENT);
    }

    private RunOptions options(Optional<Duration> limit) {
        return new RunOptions(limit, folder.resolve("volumes"), log);
    }

    /** A real start, with a test's step between the moment when its root is ready and that when its program may begin. */
    private record Interrupted(ServiceStart real, Step step) implements ServiceStart {
        interface Step {
            void run() throws InterruptedException;
        }

        @Override
        public ServiceProcess start(Consumer<String> output) throws IOException, InterruptedException {
            ServiceProcess process = real.start(output);
            step.run();
            return process;
        }
    }

    private ServiceStart start(Way way, Service service) throws Exception {
        try {
            Way.choose(List.of(way));
        } catch (FindingException closed) {
            Assumptions.abort("skipped: " + closed.getMessage());
        }
        Path layer = new LayerDirs(store, store::read).unpack(busybox.get(0), Progress.SILENT);
        ServiceRoot root = ServiceRoot.create(folder.resolve("run").resolve(service.name()), List.of(layer));
        RunOptions options = options(Optional.empty());
        return way == Way.ROOT_WITHOUT_MOUNTS
                ? new ChrootStart(service, root, List.of(), options)
                : new NamespaceStart(way, service, root, List.of(), options);
    }

    /** Stops a fleet from another thread; returns when this service has been told. */
    private static void stopElsewhere(Fleet fleet, Supervision service) {
        new Thread(
                        () -> {
                            try {
                                fleet.stop();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        "Ctrl-C")
                .start();
        while (!service.isStopping()) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServiceThatIsStoppedBeforeItBeginsNeverDoes(Way way) throws Exception {
        Service deaf = service("deaf", "trap '' INT; echo up; exec sleep 4715");
        Service next = service("next", "exit 0");
        List<Supervision> all = new ArrayList<>();
        List<Fleet> fleets = new ArrayList<>();
        all.add(new Supervision(
                deaf, new Interrupted(start(way, deaf), () -> stopElsewhere(fleets.get(0), all.get(0))), log));
        all.add(new Supervision(next, start(way, next), log));
        Fleet fleet = new Fleet(all);
        fleets.add(fleet);
        fleet.start();
        fleet.stop();
        assertThat(fleet.report().ends())
                .extracting(ServiceEnd::service, ServiceEnd::stopped)
                .containsExactly(tuple("deaf", true));
        assertThat(log.lines).containsExactly("deaf stopped");
    }

    @Test
    void withoutMountsAServiceIsStoppedAsSoonAsItHasBegun() throws Exception {
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            services.add(service("s" + i, "exec sleep 4715"));
        }
        start(Way.ROOT_WITHOUT_MOUNTS, services.get(0));
        RunReport report = new Runner(store, store::read, Progress.SILENT, List.of(Way.ROOT_WITHOUT_MOUNTS))
                .run(services, options(Optional.of(Duration.ZERO)));
        assertThat(report.ends()).hasSize(20).allMatch(ServiceEnd::stopped);
    }

    @ParameterizedTest
    @EnumSource
    void aServiceEndsWithTheProcessThatHoldsIt(Way way) throws Exception {
        Service service = service("one", "setsid sleep 4716 & exec sleep 4716");
        ServiceStart start = start(way, service);
        List<ProcessHandle> all = new ArrayList<>();
        try (ServiceProcess process = start.start(line -> {})) {
            all.addAll(Processes.below(ProcessHandle.current(), ""));
            process.begin();
            ProcessHandle.current().children().filter(all::contains).forEach(ProcessHandle::destroyForcibly);
            assertThat(process.await()).isNotZero();
        }
        assertThat(all).hasSizeGreaterThan(1);
        for (ProcessHandle each : all) {
            Processes.awaitEnd(each);
        }
    }
}
