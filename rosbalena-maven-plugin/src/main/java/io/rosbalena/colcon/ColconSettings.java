package io.rosbalena.colcon;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What users say of how colcon builds.
 *
 * @param all arguments for all packages
 * @param packages further arguments of single packages, by name
 */
public record ColconSettings(Arguments all, SortedMap<String, Arguments> packages) {
    /** Nothing is said. */
    public static final ColconSettings NONE = new ColconSettings(Arguments.NONE, new TreeMap<>());

    public ColconSettings {
        packages = Collections.unmodifiableSortedMap(new TreeMap<>(packages));
    }

    /**
     * Arguments by colcon's options of these names.
     *
     * @param cmake of {@code --cmake-args}: for every package that CMake builds
     * @param amentCmake of {@code --ament-cmake-args}: for those of build type {@code ament_cmake}
     */
    public record Arguments(List<String> cmake, List<String> amentCmake) {
        /** No arguments. */
        public static final Arguments NONE = new Arguments(List.of(), List.of());

        public Arguments {
            cmake = List.copyOf(cmake);
            amentCmake = List.copyOf(amentCmake);
        }

        /** These and then others, which win where both set the same. */
        public Arguments and(Arguments others) {
            return new Arguments(joined(cmake, others.cmake), joined(amentCmake, others.amentCmake));
        }

        private static List<String> joined(List<String> first, List<String> then) {
            List<String> all = new ArrayList<>(first);
            all.addAll(then);
            return all;
        }
    }

    /** The same with arguments for CMake before them, over which these win. */
    ColconSettings after(List<String> cmake) {
        return new ColconSettings(new Arguments(cmake, List.of()).and(all), packages);
    }

    /** All arguments for a package, in the order in which CMake gets them. */
    Arguments of(ColconPackage unit) {
        return switch (unit.buildType()) {
            case "ament_cmake" -> own(unit);
            case "cmake" -> new Arguments(own(unit).cmake(), List.of());
            default -> Arguments.NONE;
        };
    }

    private Arguments own(ColconPackage unit) {
        return all.and(packages.getOrDefault(unit.name(), Arguments.NONE));
    }
}
