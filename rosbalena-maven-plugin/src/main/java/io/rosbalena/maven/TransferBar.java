package io.rosbalena.maven;

/** One line about a transfer that fits into a terminal: what arrived, of what, and how fast, with a bar if there is room. */
final class TransferBar {
    private static final int WIDEST = 30;
    private static final int NARROWEST = 5;

    private TransferBar() {}

    /**
     * The line, one column shorter than the terminal, since a full line makes some terminals begin the next.
     *
     * @param arrived bytes
     * @param total bytes, at least {@code arrived}
     * @param rate bytes per second
     * @param columns of the terminal
     */
    static String line(long arrived, long total, long rate, int columns) {
        String amount = Sizes.show(arrived) + " of " + Sizes.show(total);
        String figures = amount + ", " + Sizes.show(rate) + "/s";
        int room = Math.min(WIDEST, columns - 1 - "  [] ".length() - figures.length());
        if (room >= NARROWEST) {
            int filled = total == 0 ? 0 : (int) (arrived * room / total);
            return "  [" + "#".repeat(filled) + " ".repeat(room - filled) + "] " + figures;
        }
        return amount.length() < columns ? amount : "";
    }
}
