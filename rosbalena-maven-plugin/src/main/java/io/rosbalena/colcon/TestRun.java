package io.rosbalena.colcon;

import io.rosbalena.colcon.result.TestCase;
import io.rosbalena.colcon.result.TestResults;
import io.rosbalena.colcon.result.TestSuite;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tests packages where they were compiled. */
final class TestRun implements AfterCompile {
    /** Characters. colcon and CTest write each line into some files, so the disk takes a few times as much. */
    static final long MOST_OUTPUT = 64L << 20;

    private final Set<String> selected;
    private final Path logs;
    private final long mostOutput;
    private final List<PackageTests> tested = new ArrayList<>();

    /**
     * @param selected names of the packages that are tested; others are only compiled
     * @param logs folder on this machine that gets {@code <package>-test.log}
     * @param mostOutput characters that the tests of one package may print
     */
    TestRun(Set<String> selected, Path logs, long mostOutput) {
        this.selected = Set.copyOf(selected);
        this.logs = logs;
        this.mostOutput = mostOutput;
    }

    /** What was tested so far. */
    List<PackageTests> tested() {
        return List.copyOf(tested);
    }

    @Override
    public boolean needsFolders(CompileInput input) {
        return selected.contains(input.unit().name());
    }

    @Override
    public void perform(List<CompileInput> compiled, Scratch scratch, Sandbox sandbox, Progress progress)
            throws IOException, InterruptedException {
        List<CompileInput> left = new ArrayList<>(compiled);
        left.removeIf(input -> !needsFolders(input));
        for (CompileInput input : left) {
            // A build folder of before may have them.
            TestResults.remove(scratch.build().resolve(input.unit().name()));
        }
        while (!left.isEmpty()) {
            List<String> names = left.stream().map(input -> input.unit().name()).toList();
            SandboxCommand command =
                    ColconCommand.test(left.get(0).root(), left.get(0).flags(), scratch, names);
            Thread runner = Thread.currentThread();
            TestOutput output = new TestOutput(names, mostOutput, runner::interrupt, progress);
            int status = run(sandbox, command, output);
            if (!output.hasStarted()) {
                throw FindingException.environment(Finding.error(
                                "RB465", "colcon ended with status " + status + " before it tested " + names.get(0))
                        .fix("it said:\n" + String.join("\n", output.lastLines()))
                        .inPackage(names.get(0)));
            }
            // Only if it was stopped, colcon has not come to the others.
            List<CompileInput> done = left.stream()
                    .filter(input -> output.talkative().isEmpty()
                            || output.hasFinished(input.unit().name())
                            || output.talkative()
                                    .equals(Optional.of(input.unit().name())))
                    .toList();
            for (CompileInput input : done) {
                tested.add(results(input, scratch, output));
            }
            left.removeAll(done);
        }
    }

    /** @return 143 if it was stopped because it printed too much */
    private static int run(Sandbox sandbox, SandboxCommand command, TestOutput output)
            throws IOException, InterruptedException {
        try {
            int status = sandbox.run(command, output);
            if (output.talkative().isPresent()) {
                // It ended by itself while it was to be stopped.
                Thread.interrupted();
            }
            return status;
        } catch (InterruptedException e) {
            if (output.talkative().isEmpty()) {
                throw e;
            }
            return 143;
        }
    }

    private PackageTests results(CompileInput input, Scratch scratch, TestOutput output) throws IOException {
        String name = input.unit().name();
        Path log = KeptLog.move(scratch, "test_*", name, logs.resolve(name + "-test.log"));
        List<TestSuite> suites =
                new ArrayList<>(TestResults.read(name, scratch.build().resolve(name)));
        if (output.talkative().equals(Optional.of(name))) {
            suites.add(alone(name, "they print more than " + (mostOutput >> 20) + " MiB, and were stopped"));
        } else if (!output.hasFinished(name)) {
            suites.add(alone(name, "colcon ended before they did"));
        } else if (output.isBad(name) && suites.stream().noneMatch(TestSuite::isBad)) {
            suites.add(alone(name, "colcon says that tests fail, and they left no result that says which"));
        }
        return new PackageTests(name, suites, new TestFindings(input.unit(), log).of(suites));
    }

    /** Stands for tests that told nothing themselves. */
    private static TestSuite alone(String name, String message) {
        return new TestSuite(
                "colcon", List.of(new TestCase(name, "colcon test", 0, TestCase.Outcome.ERROR, message, "")));
    }
}
