package io.rosbalena.robot.resolving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChainsTest {
    private final Node root = new Node(Node.Kind.ROOT, "service x");
    private final DependencyGraph graph = new DependencyGraph(root);

    private static Node deb(String name) {
        return new Node(Node.Kind.DEB, name);
    }

    private static List<String> names(List<Edge> chain) {
        return chain.stream().map(edge -> edge.to().name()).toList();
    }

    @Test
    void theShortestComesFirstAndCirclesAreLeftOut() {
        graph.add(root, deb("a"), "");
        graph.add(root, deb("c"), "");
        graph.add(deb("a"), deb("b"), "");
        graph.add(deb("b"), deb("a"), "");
        graph.add(deb("b"), deb("c"), "");
        graph.add(deb("c"), deb("a"), "");
        graph.add(deb("a"), deb("elsewhere"), "");

        Chains found = Chains.find(graph, deb("c"), 20);
        assertThat(found.chains().stream().map(ChainsTest::names))
                .containsExactly(List.of("c"), List.of("a", "b", "c"));
        assertThat(found.further()).isZero();
    }

    /** Three to the power of sixty chains: the first are found, the rest is counted by its edges. */
    @Test
    void moreChainsThanAnybodyCanCountTakeNoTime() {
        int floors = 60;
        for (int to = 0; to < 3; to++) {
            graph.add(root, deb("0-" + to), "");
        }
        for (int floor = 1; floor < floors; floor++) {
            for (int from = 0; from < 3; from++) {
                for (int to = 0; to < 3; to++) {
                    graph.add(deb((floor - 1) + "-" + from), deb(floor + "-" + to), "");
                    graph.add(deb(floor + "-" + to), deb((floor - 1) + "-" + from), "");
                }
            }
        }
        for (int from = 0; from < 3; from++) {
            graph.add(deb(floors - 1 + "-" + from), deb("target"), "");
        }

        Chains found = Chains.find(graph, deb("target"), 20);
        assertThat(found.chains()).hasSize(20).allMatch(chain -> chain.size() == floors + 1);
        assertThat(found.further()).isGreaterThan(500);
    }

    @Test
    void whatIsFreedIsWhatNothingElseLeadsTo() {
        graph.add(root, deb("a"), "one");
        graph.add(root, deb("b"), "two");
        graph.add(deb("a"), deb("only-a"), "");
        graph.add(deb("a"), deb("both"), "");
        graph.add(deb("b"), deb("both"), "");
        List.of("a", "b", "only-a", "both").forEach(name -> graph.weigh(deb(name), name.length()));

        assertThat(graph.freedWithout(edge -> edge.reason().equals("one"))).isEqualTo(1 + 6);
        assertThat(graph.freedWithout(edge -> edge.to().equals(deb("both")))).isEqualTo(4);
    }
}
