package io.rosbalena.robot.wheel;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.buildroot.BuildRootMaking;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.store.Remembered;
import io.rosbalena.wheel.PythonVersion;
import io.rosbalena.wheel.WheelFilename;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes wheels from the sources of projects that have none, in a root of locked packages, without network. The backend of
 * the project runs there as it would under pip; a fixed time and fixed paths make its bytes the same each time.
 */
final class WheelMaking {
    private static final String MARKER = "rosbalena-requires: ";

    private final BuildRootMaking making;
    private final WheelTools tools;
    private final Surroundings surroundings;
    private final Remembered<WheelMakingStage.Input, WheelMakingStage.Made> memory;
    private final SortedMap<String, List<LockedWheel>> used = new TreeMap<>();
    private final SortedMap<String, LockedWheel> made = new TreeMap<>();

    /** @param making makes the root, which holds Python and compilers */
    WheelMaking(BuildRootMaking making, WheelTools tools, Surroundings surroundings) {
        this.making = making;
        this.tools = tools;
        this.surroundings = surroundings;
        this.memory = new Remembered<>(new WheelMakingStage(), surroundings.store());
    }

    /** The wheels that each project was made with, by its name. */
    SortedMap<String, List<LockedWheel>> tools() {
        return used;
    }

    /**
     * The wheel of a project, made now if it is not known.
     *
     * @param source its sources, which are in the store
     * @throws FindingException RB296 if the sources give no wheel
     */
    LockedWheel make(String project, PythonVersion version, LockedWheel.Source source)
            throws IOException, InterruptedException {
        LockedWheel known = made.get(source.filename());
        if (known != null) {
            return known;
        }
        Sandbox sandbox = Sandboxes.choose();
        making.make(sandbox);
        List<String> wanted = ask("requires", source, List.of(), sandbox);
        List<LockedWheel> with = tools.find(wanted, source);
        List<String> more = ask("more", source, with, sandbox);
        if (!more.isEmpty()) {
            wanted.addAll(more);
            with = tools.find(wanted, source);
        }
        LockedWheel wheel = make(project, version, source, with, sandbox);
        used.put(project, with);
        made.put(source.filename(), wheel);
        return wheel;
    }

    /** The wheel that these tools make. */
    LockedWheel make(
            String project, PythonVersion version, LockedWheel.Source source, List<LockedWheel> with, Sandbox sandbox)
            throws IOException, InterruptedException {
        WheelMakingStage.Input input =
                new WheelMakingStage.Input(source, making.root().digest(), with);
        Optional<WheelMakingStage.Made> known = memory.find(input);
        WheelMakingStage.Made wheel;
        if (known.isPresent()) {
            wheel = known.get();
        } else {
            making.make(sandbox);
            surroundings.console().stage("Making a wheel from " + source.filename() + " (" + sandbox.name() + ")");
            try (Workshop workshop = workshop(source, with)) {
                workshop.run("build", List.of(Workshop.OUT), sandbox);
                wheel = checked(workshop.result(surroundings.store()), project, version, source);
            }
            memory.keep(input, wheel);
        }
        return new LockedWheel(
                project,
                version.toString(),
                wheel.filename(),
                surroundings.store().size(wheel.sha256()),
                wheel.sha256(),
                Optional.of(source));
    }

    private Workshop workshop(LockedWheel.Source source, List<LockedWheel> with)
            throws IOException, InterruptedException {
        return Workshop.open(making.root().directory(), source, with, surroundings.store());
    }

    private List<String> ask(String what, LockedWheel.Source source, List<LockedWheel> with, Sandbox sandbox)
            throws IOException, InterruptedException {
        List<String> requirements = new ArrayList<>();
        try (Workshop workshop = workshop(source, with)) {
            for (String line : workshop.run(what, List.of(), sandbox)) {
                if (line.startsWith(MARKER)) {
                    requirements.add(line.substring(MARKER.length()));
                }
            }
        }
        return requirements;
    }

    /** The wheel must be what its sources are named after. */
    private static WheelMakingStage.Made checked(
            WheelMakingStage.Made made, String project, PythonVersion version, LockedWheel.Source source) {
        boolean same = WheelFilename.parse(made.filename())
                .filter(name -> name.project().equals(project) && name.version().equals(version))
                .isPresent();
        if (!same) {
            throw FindingException.input(
                    Finding.error("RB296", "the sources " + source.filename() + " make a wheel " + made.filename())
                            .fix("take another version: pin it in the rule of the key, as NAME==VERSION"));
        }
        return made;
    }
}
