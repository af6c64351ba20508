package io.rosbalena.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a service sees besides its root, as the scripts take it: kind, source and target of each. */
final class Mounts {
    private static final List<String> NETWORK_FILES = List.of("/etc/resolv.conf", "/etc/hosts", "/etc/hostname");

    private final List<String> words = new ArrayList<>();

    /** For a machine where everything can be mounted. Makes the folders of volumes. */
    static Mounts all(Service service, List<ServiceDevice> devices, Path volumes) throws IOException {
        Mounts mounts = new Mounts();
        for (ServiceVolume volume : service.view().volumes()) {
            Path folder = volumes.resolve(volume.name()).toAbsolutePath();
            String writable = isEmpty(Files.createDirectories(folder)) ? "fresh" : "volume";
            mounts.add(volume.readOnly() ? "volume-ro" : writable, folder.toString(), volume.target());
        }
        for (String each : service.view().tmpfs()) {
            int colon = each.indexOf(':');
            String options = colon < 0 ? "" : "," + each.substring(colon + 1);
            mounts.add("tmpfs", options, colon < 0 ? each : each.substring(0, colon));
        }
        mounts.addFiles(service, devices);
        return mounts;
    }

    /** For a machine where nothing can be mounted: devices and files only. */
    static Mounts withoutMounts(Service service, List<ServiceDevice> devices) throws IOException {
        Mounts mounts = new Mounts();
        mounts.addFiles(
                service,
                devices.stream()
                        .filter(device -> !Files.isDirectory(Path.of(device.source())))
                        .toList());
        return mounts;
    }

    /** Whether a volume has nothing yet, so that engines fill it with what the image has in its place. */
    static boolean isEmpty(Path volume) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(volume)) {
            return !files.iterator().hasNext();
        }
    }

    /** How many there are, then three words for each. */
    List<String> parameters() {
        List<String> parameters = new ArrayList<>(words);
        parameters.add(0, Integer.toString(words.size() / 3));
        return parameters;
    }

    private void addFiles(Service service, List<ServiceDevice> devices) throws IOException {
        for (ServiceDevice device : devices) {
            // The script must not meet a link, which it would take for a folder or a file.
            add("device", Path.of(device.source()).toRealPath().toString(), device.target());
        }
        if (service.view().network()) {
            for (String file : NETWORK_FILES) {
                if (Files.isRegularFile(Path.of(file))) {
                    add("file", file, file);
                }
            }
        }
    }

    private void add(String kind, String source, String target) {
        words.addAll(List.of(kind, source, target));
    }
}
