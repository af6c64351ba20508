package io.rosbalena.run;

import io.rosbalena.finding.Finding;
import io.rosbalena.sandbox.ReadyProcess;
import io.rosbalena.sandbox.Script;
import io.rosbalena.sandbox.Tool;
import io.rosbalena.sandbox.Way;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Starts a service in namespaces of its own, in which overlayfs stacks its layers. */
final class NamespaceStart implements ServiceStart {
    private static final String REFUSED = "overlay refused";
    // util-linux 2.38 fails so when the process that it waits for was killed.
    private static final String KILLED = "sigprocmask unblock failed";

    private final Way way;
    private final Service service;
    private final ServiceRoot root;
    private final List<ServiceDevice> devices;
    private final RunOptions options;

    NamespaceStart(Way way, Service service, ServiceRoot root, List<ServiceDevice> devices, RunOptions options) {
        this.way = way;
        this.service = service;
        this.root = root;
        this.devices = List.copyOf(devices);
        this.options = options;
    }

    @Override
    public ServiceProcess start(Consumer<String> output) throws IOException, InterruptedException {
        AtomicBoolean killed = new AtomicBoolean();
        Consumer<String> lines = line -> {
            if (line.contains(KILLED)) {
                killed.set(true);
            } else {
                output.accept(line);
            }
        };
        ReadyProcess process = ReadyProcess.start(line(), Map.of(), lines);
        if (!process.awaitReady() && process.said().contains(REFUSED)) {
            process.close();
            options.log()
                    .finding(Finding.note(
                                    "RB557", "this machine refuses overlayfs: the image is copied for each service")
                            .inService(service.name()));
            root.copy();
            process = ReadyProcess.start(line(), Map.of(), lines);
        }
        if (!process.awaitReady()) {
            try (ReadyProcess failed = process) {
                throw ServiceStart.refused(service, failed);
            }
        }
        // unshare has one child, which becomes the service.
        Optional<ProcessHandle> inside = process.handle().children().findFirst();
        return new ServiceProcess(process, inside, killed::get);
    }

    private List<String> line() throws IOException {
        ServiceView view = service.view();
        List<String> more = new ArrayList<>();
        if (!view.hostIpc()) {
            more.add("--ipc");
        }
        if (!view.network()) {
            more.add("--net");
        }
        List<String> parameters = new ArrayList<>(List.of(
                root.folder().toString(),
                root.isCopied() ? "" : root.lower(),
                view.privileged() ? "all" : "own",
                view.hostIpc() ? "host" : "own",
                view.network() ? "host" : "own",
                view.readOnly() ? "ro" : "rw",
                service.command().workingDirectory()));
        parameters.addAll(Mounts.all(service, devices, options.volumes()).parameters());
        parameters.addAll(ProgramLine.of(
                service,
                way == Way.ROOT_WITH_MOUNTS && !view.privileged(),
                List.of(
                        Tool.require("unshare", "util-linux").toString(),
                        "--root=.",
                        "--wd=" + service.command().workingDirectory())));
        // Ctrl-C in a terminal signals all processes of the session at once; services are stopped in their order.
        List<String> line =
                new ArrayList<>(List.of(Tool.require("setsid", "util-linux").toString()));
        line.addAll(way.unshare(more));
        line.addAll(Script.of(NamespaceStart.class, "start.sh").line(parameters));
        return line;
    }
}
