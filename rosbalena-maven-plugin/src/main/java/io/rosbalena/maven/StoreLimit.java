package io.rosbalena.maven;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the size of the store as people write it: {@code 20 GB}, {@code 500MB}, {@code 1.5 TB}; powers of ten. */
final class StoreLimit {
    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)\\s*([kMGT]?B?)", Pattern.CASE_INSENSITIVE);

    private StoreLimit() {}

    /**
     * Bytes; a number alone counts gigabytes.
     *
     * @throws FindingException RB755 if the text is no size
     */
    static long bytes(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw FindingException.input(Finding.error("RB755", "storeMaxSize is not a size: " + text)
                    .fix("write a number and its unit, such as 20 GB or 500 MB"));
        }
        int exponent = switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
            case "B" -> 0;
            case "K", "KB" -> 3;
            case "M", "MB" -> 6;
            case "T", "TB" -> 12;
            default -> 9;
        };
        return new BigDecimal(matcher.group(1)).scaleByPowerOfTen(exponent).longValue();
    }
}
