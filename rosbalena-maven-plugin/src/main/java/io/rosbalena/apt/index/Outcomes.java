package io.rosbalena.apt.index;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * What came of doing the same for several inputs, a few at a time: results and failures in the order of the inputs, so
 * that all failures are told at once.
 *
 * @param <T> a result
 * @param values the results
 * @param failures the failures
 */
record Outcomes<T>(List<T> values, List<Failure> failures) {
    /** Unpacking is what takes the time, and needs 10 MB for each. */
    private static final int AT_ONCE = 3;

    /** What failed, and why. */
    record Failure(Object input, FindingException cause) {}

    static <I, T> Outcomes<T> of(List<I> inputs, Function<I, T> work) {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "apt");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<T>> futures = new ArrayList<>();
            inputs.forEach(input -> futures.add(pool.submit(() -> work.apply(input))));
            List<T> values = new ArrayList<>();
            List<Failure> failures = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                try {
                    values.add(futures.get(i).get());
                } catch (ExecutionException e) {
                    failures.add(new Failure(inputs.get(i), finding(e)));
                }
            }
            return new Outcomes<>(values, failures);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FindingException.environment(
                    Finding.error("RB222", "interrupted while reading archives").fix("start again"), e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static FindingException finding(ExecutionException e) {
        if (e.getCause() instanceof FindingException cause) {
            return cause;
        }
        if (e.getCause() instanceof RuntimeException cause) {
            throw cause;
        }
        throw new IllegalStateException(e.getCause());
    }

    /**
     * Ends if there are failures.
     *
     * @throws FindingException with all their findings; of the surroundings if one of them is
     */
    @SafeVarargs
    static void throwFailures(List<Failure>... lists) {
        List<Finding> findings = new ArrayList<>();
        FindingException.Kind kind = FindingException.Kind.INPUT;
        for (List<Failure> failures : lists) {
            for (Failure failure : failures) {
                findings.addAll(failure.cause().findings());
                if (failure.cause().kind() == FindingException.Kind.ENVIRONMENT) {
                    kind = FindingException.Kind.ENVIRONMENT;
                }
            }
        }
        if (!findings.isEmpty()) {
            throw new FindingException(
                    kind, findings.stream().distinct().sorted(Finding.ORDER).toList());
        }
    }
}
