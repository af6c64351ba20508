package io.rosbalena.apt.solver;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.Dependency;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Puts each package after those that it needs, Pre-Depends first; a circle is cut where it was entered. */
final class UnpackOrder {
    private final Selection selection;
    private final Set<String> visited = new HashSet<>();
    private final List<Selection.Chosen> order = new ArrayList<>();
    private final Deque<Visit> open = new ArrayDeque<>();

    private record Visit(Selection.Chosen choice, Iterator<Dependency> needs) {}

    private UnpackOrder(Selection selection) {
        this.selection = selection;
    }

    /** Everything chosen, in that order. */
    static List<Selection.Chosen> of(Selection selection) {
        UnpackOrder order = new UnpackOrder(selection);
        for (Selection.Chosen choice : selection.all()) {
            order.enter(choice);
            order.finish();
        }
        return order.order;
    }

    private void enter(Selection.Chosen choice) {
        if (visited.add(choice.candidate().name())) {
            Stream<Dependency> needs = Stream.concat(
                    choice.candidate().relations().preDepends().stream(),
                    choice.candidate().relations().depends().stream());
            open.push(new Visit(choice, needs.iterator()));
        }
    }

    private void finish() {
        while (!open.isEmpty()) {
            Visit visit = open.peek();
            if (visit.needs().hasNext()) {
                selection
                        .satisfier(visit.needs().next())
                        .map(Candidate::name)
                        .flatMap(selection::find)
                        .ifPresent(this::enter);
            } else {
                order.add(open.pop().choice());
            }
        }
    }
}
