package io.rosbalena.run;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.Copying;
import io.rosbalena.sandbox.ReadyProcess;
import io.rosbalena.sandbox.Script;
import io.rosbalena.sandbox.Tool;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts a service by {@code chroot} in a copy of its image, where nothing may be mounted. Volumes are copied in before it
 * starts and out after it has ended, so that services see each other's files only then.
 */
final class ChrootStart implements ServiceStart {
    private static final String WATCHER = "watcher ";

    private final Service service;
    private final ServiceRoot root;
    private final List<ServiceDevice> devices;
    private final RunOptions options;

    ChrootStart(Service service, ServiceRoot root, List<ServiceDevice> devices, RunOptions options) {
        this.service = service;
        this.root = root;
        this.devices = List.copyOf(devices);
        this.options = options;
    }

    @Override
    public ServiceProcess start(Consumer<String> output) throws IOException, InterruptedException {
        if (!root.isCopied()) {
            root.copy();
        }
        for (ServiceVolume volume : service.view().volumes()) {
            Path folder = options.volumes().resolve(volume.name());
            Path place = place(volume);
            Files.createDirectories(place);
            if (Files.isDirectory(folder)) {
                Copying.replace(folder, place);
            }
        }
        ReadyProcess process = ReadyProcess.start(line(), Map.of(), output);
        if (!process.awaitReady()) {
            try (ReadyProcess failed = process) {
                throw ServiceStart.refused(service, failed);
            }
        }
        List<Long> watcher = process.said().stream()
                .filter(line -> line.startsWith(WATCHER))
                .map(line -> Long.parseLong(line.substring(WATCHER.length())))
                .toList();
        return new ServiceProcess(
                process, ServiceProcess.below(process, watcher).orElse(process.handle()), () -> false);
    }

    @Override
    public void ended() throws IOException, InterruptedException {
        for (ServiceVolume volume : service.view().volumes()) {
            if (!volume.readOnly()) {
                Path folder = Files.createDirectories(options.volumes().resolve(volume.name()));
                Copying.replace(place(volume), folder);
            }
        }
    }

    /** Where a volume stands in the copy, if no link leads there: it would lead to this machine's files. */
    private Path place(ServiceVolume volume) {
        Path place = root.root();
        for (String part : TreePath.parse(volume.target()).components()) {
            place = place.resolve(part);
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                throw FindingException.environment(Finding.error(
                                "RB555",
                                "the volume " + volume.name() + " is wanted at " + volume.target()
                                        + ", where a link or file stands; that needs mounts")
                        .inService(service.name())
                        .fix("Start where mounts are allowed, or choose another path for the volume."));
            }
        }
        return place;
    }

    private List<String> line() throws IOException {
        String folder = service.command().workingDirectory();
        List<String> parameters = new ArrayList<>(List.of(root.root().toString(), folder));
        parameters.addAll(Mounts.withoutMounts(service, devices).parameters());
        parameters.addAll(ProgramLine.of(
                service,
                !service.view().privileged(),
                List.of(Tool.require("nsenter", "util-linux").toString(), "--root=.", "--wd=." + folder)));
        List<String> line =
                new ArrayList<>(List.of(Tool.require("setsid", "util-linux").toString()));
        line.addAll(Script.of(ChrootStart.class, "start-chroot.sh").line(parameters));
        return line;
    }
}
