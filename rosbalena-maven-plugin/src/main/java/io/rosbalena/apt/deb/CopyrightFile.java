package io.rosbalena.apt.deb;

import io.rosbalena.tree.Entry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a package's {@code copyright} file says for machines (Debian policy 12.5, copyright-format 1.0). Many say nothing for
 * them, and many are not quite in the format: what cannot be understood is left out.
 */
public final class CopyrightFile {
    /** Larger files are not read: that of Boost has 300 kB. */
    private static final long LARGEST = 4 << 20;

    /** The format's address, as a DEP and since it is one of Debian's manuals. */
    private static final Pattern FORMAT = Pattern.compile("(?i).*/(copyright-format/1\\.0|dep5?s?/dep5|dep5)\\b.*");

    private static final String NAME = "[^ ,]+";
    private static final String LICENSE = NAME + "(?: with [^,]{1,60} exceptions?)?";

    /** Short names have no blanks; what does not look like this is the text of a license, not its name. */
    private static final Pattern SYNOPSIS = Pattern.compile(LICENSE + "(?:,? (?:and|or) " + LICENSE + ")*");

    private CopyrightFile() {}

    /** Where the file of a package stands, as an absolute path. */
    public static String path(String packageName) {
        return "/usr/share/doc/" + packageName + "/copyright";
    }

    /** Whether an entry is the file of a package, of a size that is worth reading. */
    public static boolean isThatOf(String packageName, Entry entry) {
        return entry.isFile()
                && entry.size() <= LARGEST
                && entry.path().absolute().equals(path(packageName));
    }

    /**
     * The licenses of the package's files: the first line of the {@code License} field of each {@code Files} paragraph, each
     * once, in the file's order. None if the file is not for machines.
     */
    public static List<String> licenses(String text) {
        List<List<String>> paragraphs = paragraphs(text);
        if (paragraphs.isEmpty()
                || !FORMAT.matcher(value(paragraphs.get(0), "format")).matches()) {
            return List.of();
        }
        Set<String> licenses = new LinkedHashSet<>();
        for (List<String> paragraph : paragraphs) {
            boolean ofFiles = paragraph.stream().anyMatch(line -> isField(line, "files"));
            String synopsis = value(paragraph, "license");
            if (ofFiles && SYNOPSIS.matcher(synopsis).matches()) {
                licenses.add(synopsis);
            }
        }
        return List.copyOf(licenses);
    }

    private static List<List<String>> paragraphs(String text) {
        List<List<String>> paragraphs = new ArrayList<>();
        List<String> paragraph = new ArrayList<>();
        for (String line : text.split("\r?\n", -1)) {
            if (!line.isBlank()) {
                paragraph.add(line);
            } else if (!paragraph.isEmpty()) {
                paragraphs.add(paragraph);
                paragraph = new ArrayList<>();
            }
        }
        if (!paragraph.isEmpty()) {
            paragraphs.add(paragraph);
        }
        return paragraphs;
    }

    private static boolean isField(String line, String name) {
        return line.length() > name.length()
                && line.charAt(name.length()) == ':'
                && line.substring(0, name.length()).toLowerCase(Locale.ROOT).equals(name);
    }

    /** The first line of a field, blanks folded; empty if it is missing. */
    private static String value(List<String> paragraph, String name) {
        return paragraph.stream()
                .filter(line -> isField(line, name))
                .findFirst()
                .map(line -> line.substring(name.length() + 1).strip().replaceAll("\\s+", " "))
                .orElse("");
    }
}
