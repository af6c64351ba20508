package io.rosbalena.bench;

import io.rosbalena.apt.solver.AptComparison;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Random sets of packages of this machine's archive: whether the solver finds the packages and versions that apt finds. */
final class Sets implements Measurement {
    private static final int MANY = 250;
    private static final int WITH_RECOMMENDS = 50;
    private static final int ALLOWED = 2;

    private final Workplace workplace;

    Sets(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public List<Row> measure() throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        compare("amd64", MANY, 2026, false).ifPresent(rows::add);
        compare("arm64", MANY, 2027, false).ifPresent(rows::add);
        compare("amd64", WITH_RECOMMENDS, 2028, true).ifPresent(rows::add);
        return rows;
    }

    private Optional<Row> compare(String architecture, int sets, long seed, boolean recommends)
            throws IOException, InterruptedException {
        Optional<AptComparison> comparison = AptComparison.in(workplace.empty("sets"), architecture, seed);
        if (comparison.isEmpty()) {
            return Optional.empty();
        }
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < sets; i++) {
            comparison
                    .get()
                    .difference(comparison.get().randomSet(), recommends)
                    .ifPresent(differences::add);
        }
        return Optional.of(Row.agreement(
                "random sets, " + architecture + (recommends ? ", with what is recommended" : ""),
                sets - differences.size(),
                sets,
                "apt-get -s install",
                differences,
                ALLOWED));
    }
}
