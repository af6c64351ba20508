package io.rosbalena.bench;

import java.util.List;
import java.util.Locale;

/**
 * A line of the result.
 *
 * @param what was measured
 * @param ours our figure
 * @param tool what it is compared with
 * @param theirs the tool's figure
 * @param outcome what follows, and the aim
 */
record Row(String what, String ours, String tool, String theirs, String outcome) {
    /**
     * Ours against a tool's.
     *
     * @param most the largest ratio of wall times that is aimed at
     */
    static Row ratio(String what, Cost ours, String tool, Cost theirs, double most) {
        return new Row(
                what, text(ours), tool, text(theirs), quotient(ours, theirs) + format(" (aim: %.2f at most)", most));
    }

    /**
     * How much ours moves in the time in which a tool's moves one.
     *
     * @param least the smallest ratio that is aimed at
     */
    static Row throughput(String what, Cost ours, String tool, Cost theirs, double least) {
        return new Row(
                what,
                text(ours),
                tool,
                text(theirs),
                format("throughput %.2f (aim: %.2f at least)", theirs.wall() / ours.wall(), least));
    }

    /**
     * Ours against a tool's, where processor time counts.
     *
     * @param most the largest ratio of processor times that is aimed at
     */
    static Row processors(String what, Cost ours, String tool, Cost theirs, double most) {
        return new Row(
                what,
                text(ours),
                tool,
                text(theirs),
                format("CPU ratio %.2f (aim: %.2f at most)", ours.cpu() / theirs.cpu(), most));
    }

    /**
     * Ours, which has an aim by itself, and a tool's for comparison.
     *
     * @param most the most seconds that are aimed at
     */
    static Row seconds(String what, Cost ours, String tool, Cost theirs, double most) {
        return new Row(
                what, text(ours), tool, text(theirs), quotient(ours, theirs) + format(" (aim: %.1f s at most)", most));
    }

    /**
     * Ours, in a Java machine that is warm.
     *
     * @param ours milliseconds
     * @param most the most milliseconds that are aimed at
     */
    static Row milliseconds(String what, double ours, String tool, Cost theirs, double most) {
        return new Row(
                what,
                format("%.1f ms", ours),
                tool,
                text(theirs),
                format("ratio %.3f (aim: %.0f ms at most)", ours / 1e3 / theirs.wall(), most));
    }

    /**
     * What ours takes longer than a tool's.
     *
     * @param most the most seconds that are aimed at
     */
    static Row difference(String what, Cost ours, String tool, Cost theirs, double most) {
        return new Row(
                what,
                text(ours),
                tool,
                text(theirs),
                format("%+.2f s (aim: %.1f s at most)", ours.minus(theirs).wall(), most));
    }

    /**
     * Ours against a tool's that may take some times as long and a while more.
     *
     * @param times the largest ratio of wall times that is aimed at
     * @param more seconds on top of it
     */
    static Row within(String what, Cost ours, String tool, Cost theirs, double times, double more) {
        double beyond = ours.wall() - times * theirs.wall();
        return new Row(
                what,
                text(ours),
                tool,
                text(theirs),
                quotient(ours, theirs)
                        + format("; %+.2f s beyond %.1f times (aim: %+.1f s at most)", beyond, times, more));
    }

    /**
     * Bytes of ours against those of a tool's.
     *
     * @param most the largest ratio that is aimed at
     */
    static Row bytes(String what, long ours, String tool, long theirs, double most) {
        return new Row(
                what,
                format("%.1f MB", ours / 1e6),
                tool,
                format("%.1f MB", theirs / 1e6),
                format("ratio %.3f (aim: %.2f at most)", (double) ours / theirs, most));
    }

    /**
     * How often ours is what a tool has.
     *
     * @param same of all
     * @param most the most differences that are aimed at
     */
    static Row agreement(String what, int same, int all, String tool, List<String> differences, int most) {
        return new Row(
                what,
                format("%d of %d the same", same, all),
                tool,
                "the measure",
                format("%d differ (aim: %d at most)", differences.size(), most)
                        + String.join(
                                "",
                                differences.stream()
                                        .map(one -> "\n      " + one)
                                        .toList()));
    }

    private static String quotient(Cost ours, Cost theirs) {
        String wall = format("ratio %.2f", ours.wall() / theirs.wall());
        // The clock of processor time has a hundred ticks a second.
        return theirs.cpu() < 0.1 ? wall : wall + format(", CPU %.2f", ours.cpu() / theirs.cpu());
    }

    static String text(Cost cost) {
        return format("%.2f s, CPU %.2f s", cost.wall(), cost.cpu());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    String print() {
        return what + "\n    ours:   " + ours + "\n    theirs: " + theirs + "   " + tool + "\n    " + outcome;
    }
}
