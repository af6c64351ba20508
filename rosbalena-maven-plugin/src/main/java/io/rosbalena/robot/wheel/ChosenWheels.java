package io.rosbalena.robot.wheel;

import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.lock.LockedWheel;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The wheels of a platform.
 *
 * @param wheels all of them
 * @param sets what the lock's sets gain
 */
public record ChosenWheels(List<LockedWheel> wheels, SortedMap<String, List<String>> sets) {
    public ChosenWheels {
        wheels = List.copyOf(wheels);
        sets = new TreeMap<>(sets);
    }

    /** No wheels at all. */
    public static final ChosenWheels NONE = new ChosenWheels(List.of(), new TreeMap<>());

    /** The same with the wheels that were needed to make some of them from sources, by project. */
    ChosenWheels withTools(SortedMap<String, List<LockedWheel>> tools) {
        SortedSet<LockedWheel> all = new TreeSet<>(wheels);
        SortedMap<String, List<String>> more = new TreeMap<>(sets);
        tools.forEach((project, list) -> {
            all.addAll(list);
            more.put(
                    LockedPlatform.WHEEL_MAKING + ":" + project,
                    list.stream().map(LockedWheel::member).toList());
        });
        return new ChosenWheels(List.copyOf(all), more);
    }

    /** The platform with them. */
    public LockedPlatform in(LockedPlatform platform) {
        SortedMap<String, List<String>> all = new TreeMap<>(platform.sets());
        sets.forEach((set, names) -> {
            List<String> members = new ArrayList<>(all.getOrDefault(set, List.of()));
            members.addAll(names);
            all.put(set, members);
        });
        return new LockedPlatform(
                platform.base(),
                platform.pyc(),
                platform.accounts(),
                platform.packages(),
                wheels,
                all,
                platform.pruned());
    }
}
