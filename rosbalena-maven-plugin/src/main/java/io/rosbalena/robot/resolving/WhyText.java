package io.rosbalena.robot.resolving;

import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.surroundings.ByteCount;
import java.util.ArrayList;
import java.util.List;

/** Chains for people. */
final class WhyText {
    private WhyText() {}

    static List<String> of(WhyReport report) {
        List<String> lines = new ArrayList<>();
        for (WhyReport.Holder holder : report.sets()) {
            String set = holder.set().equals(LockedPlatform.BUILD) ? "build root" : "service " + holder.set();
            lines.add(set + " (" + holder.platform() + "): " + name(report)
                    + holder.version().map(version -> " " + version).orElse("")
                    + (holder.pruned() ? ", left out of the image by prune" : "")
                    + (holder.size() > 0 ? ", " + ByteCount.show(holder.size()) : "") + "; with all that goes with it "
                    + ByteCount.show(holder.sizeWithOwn()));
            int number = 0;
            for (WhyReport.Chain chain : holder.chains()) {
                lines.add("  chain " + ++number + ": " + weight(chain));
                lines.add("    " + chain.edges().get(0).from().name());
                chain.edges().forEach(edge -> lines.add("    -> " + show(edge.to()) + "  (" + edge.reason() + ")"));
            }
            if (holder.further() > 0) {
                lines.add("  there are longer chains, over " + holder.further() + " more dependencies");
            }
        }
        return lines;
    }

    private static String name(WhyReport report) {
        return show(new Node(report.kind(), report.name()));
    }

    private static String weight(WhyReport.Chain chain) {
        return chain.cut()
                .map(cut -> ByteCount.show(chain.weight()) + " go if it is cut at " + cut.reason()
                        + chain.keyWeight()
                                .map(bytes -> ", " + ByteCount.show(bytes) + " if nobody asks for the key "
                                        + cut.to().name())
                                .orElse(""))
                .orElse("every system has it");
    }

    private static String show(Node node) {
        return switch (node.kind()) {
            case KEY -> "key " + node.name();
            case WORKSPACE -> "workspace package " + node.name();
            case WHEEL -> "wheel " + node.name();
            case DEB, ROOT -> node.name();
        };
    }
}
