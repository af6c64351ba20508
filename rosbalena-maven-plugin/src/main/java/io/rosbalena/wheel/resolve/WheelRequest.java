package io.rosbalena.wheel.resolve;

import io.rosbalena.wheel.MarkerEnvironment;
import io.rosbalena.wheel.PythonVersion;
import io.rosbalena.wheel.Requirement;
import io.rosbalena.wheel.SupportedTags;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What wheels are asked for.
 *
 * @param wishes what is asked for, in the order in which it is decided
 * @param environment of the interpreter that will import them
 * @param tags of wheels that this interpreter can use
 * @param provided versions of projects that are there without a wheel, by normalised name
 * @param preferred versions that are taken wherever they still answer: those of the lock
 */
public record WheelRequest(
        List<Wish> wishes,
        MarkerEnvironment environment,
        SupportedTags tags,
        SortedMap<String, PythonVersion> provided,
        SortedMap<String, PythonVersion> preferred) {

    /**
     * One requirement and who has it.
     *
     * @param asker for messages, for example {@code the rosdep key "python3-foo-pip"}
     * @param file where the user wrote it
     * @param line in this file, from 1; 0 when unknown
     */
    public record Wish(Requirement requirement, String asker, String file, int line) {}

    public WheelRequest {
        wishes = List.copyOf(wishes);
        provided = new TreeMap<>(provided);
        preferred = new TreeMap<>(preferred);
    }
}
