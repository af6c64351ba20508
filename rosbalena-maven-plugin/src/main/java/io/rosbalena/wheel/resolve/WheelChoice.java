package io.rosbalena.wheel.resolve;

import io.rosbalena.wheel.PythonVersion;
import io.rosbalena.wheel.index.IndexFile;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The wheels that answer a request.
 *
 * @param files the file of each project, by name
 * @param needs names of projects that a project's wheel needs, those that are provided left out
 * @param hidden projects that are there without a wheel, in a version that does not answer: the wheel hides it
 */
public record WheelChoice(
        SortedMap<String, IndexFile> files,
        SortedMap<String, List<String>> needs,
        SortedMap<String, PythonVersion> hidden) {

    public WheelChoice {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        needs = Collections.unmodifiableSortedMap(new TreeMap<>(needs));
        hidden = Collections.unmodifiableSortedMap(new TreeMap<>(hidden));
    }
}
