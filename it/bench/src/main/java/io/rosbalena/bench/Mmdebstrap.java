package io.rosbalena.bench;

import io.rosbalena.lock.LockedPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code mmdebstrap}, which makes a Debian root from packages; with or without running their scripts. */
final class Mmdebstrap {
    static final String NAME = "mmdebstrap --variant=extract";

    private final List<LockedPackage> packages;
    private final String source;

    /** @param source apt's line for an archive that has just these packages */
    Mmdebstrap(List<LockedPackage> packages, String source) {
        this.packages = packages;
        this.source = source;
    }

    /** @param target a folder, or a file whose name tells the format */
    Cost write(Path target) throws IOException, InterruptedException {
        return make(target, "--variant=extract");
    }

    /** The same with all scripts run. */
    Cost configure(Path target) throws IOException, InterruptedException {
        // One of the packages refuses to be configured before its links are there.
        return make(target, "--variant=essential", "--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr");
    }

    private Cost make(Path target, String... options) throws IOException, InterruptedException {
        String names = packages.stream().map(LockedPackage::name).collect(Collectors.joining(","));
        List<String> command = new ArrayList<>(List.of("mmdebstrap"));
        command.addAll(List.of(options));
        command.addAll(List.of("--skip=output/dev", "--include=" + names, "", target.toString(), source));
        return new Command(command).run().cost();
    }
}
