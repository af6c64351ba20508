package io.rosbalena.robot.fleet;

import java.util.ArrayList;
import java.util.List;

/** Rows whose columns stand below each other. */
final class TextTable {
    private TextTable() {}

    /** One line a row, without blanks at its end. */
    static List<String> lines(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = row.get(i).codePointCount(0, row.get(i).length());
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                line.append(cell).append(" ".repeat(widths.get(i) - cell.codePointCount(0, cell.length()) + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
