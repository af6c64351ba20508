package io.rosbalena.run;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.ReadyProcess;
import io.rosbalena.sandbox.Script;
import io.rosbalena.sandbox.Tool;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts a service by {@code chroot} in a copy of its image, where nothing may be mounted. Volumes are copied in before it
 * starts and back after it has ended, so that services see each other's files only then.
 */
final class ChrootStart implements ServiceStart {
    private static final String SERVICE = "service ";

    private final Service service;
    private final ServiceRoot root;
    private final List<ServiceDevice> devices;
    private final RunOptions options;
    private final Map<ServiceVolume, VolumeCopy> copies = new LinkedHashMap<>();

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
            Path place = Files.createDirectories(place(volume));
            VolumeCopy copy = new VolumeCopy(options.volumes().resolve(volume.name()), place);
            copy.bringIn();
            copies.put(volume, copy);
        }
        ReadyProcess process = ReadyProcess.start(line(), Map.of(), output);
        if (!process.awaitReady()) {
            try (ReadyProcess failed = process) {
                throw ServiceStart.refused(service, failed);
            }
        }
        Optional<ProcessHandle> inside = process.said().stream()
                .filter(line -> line.startsWith(SERVICE))
                .findFirst()
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line.substring(SERVICE.length()))));
        return new ServiceProcess(process, inside, () -> false);
    }

    @Override
    public void ended() throws IOException {
        for (Map.Entry<ServiceVolume, VolumeCopy> copy : copies.entrySet()) {
            if (!copy.getKey().readOnly()) {
                // The service may have put a link on the way meanwhile.
                place(copy.getKey());
                copy.getValue().bringBack();
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
