package io.rosbalena.robot;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.store.DigestMismatchException;
import io.rosbalena.transfer.OfflineException;
import io.rosbalena.transfer.TransferFinding;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Brings locked Debian packages into the store. Their digests stand in the lock, so any mirror will do. */
final class Debs {
    private static final int AT_ONCE = 4;

    private Debs() {}

    /**
     * Fetches what the store lacks.
     *
     * @param locations roots of the mirrors of an archive, by its id in the lock
     * @throws FindingException with every package that cannot be had
     */
    static void fetch(
            Collection<LockedPackage> packages, Function<String, List<URI>> locations, Surroundings surroundings)
            throws IOException {
        List<LockedPackage> missing = packages.stream()
                .filter(one -> !surroundings.store().has(one.sha256()))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        surroundings.console().message("fetching " + missing.size() + " packages");
        surroundings
                .console()
                .expect(missing.stream().mapToLong(LockedPackage::size).sum());
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        Findings findings = new Findings();
        try {
            List<Future<List<Finding>>> running = new ArrayList<>();
            for (LockedPackage one : missing) {
                running.add(workers.submit(() -> fetch(one, locations.apply(one.archive()), surroundings)));
            }
            for (Future<List<Finding>> each : running) {
                findings.addAll(each.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while packages were fetched", e);
        } catch (ExecutionException e) {
            throw new IOException("cannot store packages: " + e.getCause(), e);
        } finally {
            workers.shutdownNow();
        }
        if (findings.hasErrors()) {
            throw new FindingException(FindingException.Kind.ENVIRONMENT, findings.all());
        }
    }

    private static List<Finding> fetch(LockedPackage one, List<URI> mirrors, Surroundings surroundings)
            throws IOException {
        List<Finding> failures = new ArrayList<>();
        for (URI mirror : mirrors) {
            URI uri = mirror.resolve(one.filename());
            try {
                surroundings
                        .transfer()
                        .fetch(uri, one.sha256(), one.size(), surroundings.store(), surroundings.console());
                return List.of();
            } catch (DigestMismatchException e) {
                failures.add(Finding.error(
                                "RB715",
                                one.name() + " " + one.version() + " is not what the lock says: " + e.getMessage())
                        .fix("the mirror is broken or was tampered with: use another one")
                        .inPackage(one.name()));
            } catch (OfflineException e) {
                return List.of(Finding.error(
                                "RB716",
                                one.name() + " " + one.version() + " is not in the store, and the build is offline")
                        .fix("run once without -o")
                        .inPackage(one.name()));
            } catch (java.nio.file.FileSystemException e) {
                throw e;
            } catch (IOException e) {
                failures.add(TransferFinding.of("package " + one.name() + " " + one.version(), uri, e)
                        .inPackage(one.name()));
            }
        }
        if (mirrors.isEmpty()) {
            failures.add(Finding.error(
                            "RB717",
                            "no apt source has the archive " + one.archive() + ", which " + one.name()
                                    + " is locked from")
                    .fix("name a mirror of it with <aptSources>, or run rosbalena:lock")
                    .inPackage(one.name()));
        }
        return failures;
    }
}
