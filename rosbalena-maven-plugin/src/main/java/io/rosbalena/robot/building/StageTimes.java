package io.rosbalena.robot.building;

import io.rosbalena.finding.Finding;
import io.rosbalena.json.Json;
import io.rosbalena.robot.surroundings.Console;
import io.rosbalena.robot.surroundings.Parallel;
import io.rosbalena.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long each stage of a build took, and whether it had anything to do: {@code timing.json}, for those who wonder where
 * the time goes. A stage that finds all its results in the store tells nothing and downloads nothing; that is how it is
 * known for reused.
 */
final class StageTimes implements Console {
    private final Console console;
    private final List<Object> stages = new ArrayList<>();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicLong bytes = new AtomicLong();

    /** @param console is told everything as before */
    StageTimes(Console console) {
        this.console = console;
    }

    /** Runs a stage and remembers how long it took. */
    <T> T measure(String stage, Parallel.Task<T> task) throws IOException, InterruptedException {
        told.set(false);
        bytes.set(0);
        long start = System.nanoTime();
        T result = task.run();
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("stage", stage);
        one.put("milliseconds", (System.nanoTime() - start) / 1_000_000);
        one.put("result", told.get() ? "computed" : "reused");
        one.put("bytes", bytes.get());
        stages.add(one);
        return result;
    }

    /** Writes what was measured. */
    void write(Path file) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("stages", stages);
        AtomicFile.write(file, Json.pretty(document));
    }

    @Override
    public void stage(String name) {
        told.set(true);
        console.stage(name);
    }

    @Override
    public void finding(Finding finding) {
        console.finding(finding);
    }

    @Override
    public void message(String text) {
        told.set(true);
        console.message(text);
    }

    @Override
    public void expect(long more) {
        console.expect(more);
    }

    @Override
    public void transferred(long arrived) {
        told.set(true);
        bytes.addAndGet(arrived);
        console.transferred(arrived);
    }
}
