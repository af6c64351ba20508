package io.rosbalena.apt.state;

import java.util.Comparator;

/**
 * A library in {@code ld.so.cache}.
 *
 * @param name what programs ask for
 * @param path where it stands
 * @param flags kind of library
 * @param osVersion oldest kernel; 0 since glibc 2.36
 * @param capabilities of processors that it needs; 0 for all
 */
record LoaderEntry(String name, String path, int flags, int osVersion, long capabilities) {
    /** The order in which the loader searches by halves: names backwards, better libraries first. */
    static final Comparator<LoaderEntry> ORDER = Comparator.<LoaderEntry, String>comparing(
                    LoaderEntry::name, LoaderEntry::compareNames)
            .reversed()
            .thenComparing(Comparator.comparingInt(LoaderEntry::flags).reversed())
            .thenComparing(
                    Comparator.comparing(LoaderEntry::capabilities, (left, right) -> Long.compareUnsigned(left, right))
                            .reversed());

    /** Numbers inside names compare as numbers, and a digit is greater than anything else (glibc, dl-cache.c). */
    static int compareNames(String left, String right) {
        int i = 0;
        int j = 0;
        while (i < left.length() && j < right.length()) {
            char a = left.charAt(i);
            char b = right.charAt(j);
            if (isDigit(a) && isDigit(b)) {
                int first = i;
                int second = j;
                i = digitsEnd(left, i);
                j = digitsEnd(right, j);
                int numbers = compareNumbers(left.substring(first, i), right.substring(second, j));
                if (numbers != 0) {
                    return numbers;
                }
            } else if (isDigit(a) != isDigit(b)) {
                return isDigit(a) ? 1 : -1;
            } else if (a != b) {
                return Character.compare(a, b);
            } else {
                i++;
                j++;
            }
        }
        return Integer.compare(left.length() - i, right.length() - j);
    }

    private static int compareNumbers(String left, String right) {
        String a = left.replaceFirst("^0+(?=.)", "");
        String b = right.replaceFirst("^0+(?=.)", "");
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
