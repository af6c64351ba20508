package io.rosbalena.sbom;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the short names of Debian's machine-readable copyright files mean in SPDX (copyright-format 1.0, "License
 * specification"). Names that it defines are translated. Others count as identifiers of SPDX if they are spelt like one;
 * they are only unique within a file, but packages that state {@code BSL-1.0} or {@code curl} mean these. {@code MIT}, for
 * which the format has {@code Expat}, and {@code X11} stay names, as the texts behind them differ; so do names without a
 * version, for which the format implies the lowest one and packages mean any.
 */
public final class DebianLicenses {
    private static final Set<String> AMBIGUOUS = Set.of("MIT", "X11");

    private static final Map<String, String> SINGLE = Map.of(
            "expat", "MIT",
            "isc", "ISC",
            "zlib", "Zlib",
            "cc0", "CC0-1.0",
            "bsd-2-clause", "BSD-2-Clause",
            "bsd-3-clause", "BSD-3-Clause",
            "bsd-4-clause", "BSD-4-Clause");

    /** Names that a version follows. */
    private static final Map<String, String> VERSIONED = Map.ofEntries(
            Map.entry("apache", "Apache"),
            Map.entry("artistic", "Artistic"),
            Map.entry("cc-by", "CC-BY"),
            Map.entry("cc-by-sa", "CC-BY-SA"),
            Map.entry("cc-by-nd", "CC-BY-ND"),
            Map.entry("cc-by-nc", "CC-BY-NC"),
            Map.entry("cc-by-nc-sa", "CC-BY-NC-SA"),
            Map.entry("cc-by-nc-nd", "CC-BY-NC-ND"),
            Map.entry("cc0", "CC0"),
            Map.entry("cddl", "CDDL"),
            Map.entry("cpl", "CPL"),
            Map.entry("efl", "EFL"),
            Map.entry("lppl", "LPPL"),
            Map.entry("mpl", "MPL"),
            Map.entry("qpl", "QPL"),
            Map.entry("zope", "ZPL"));

    /** Those of which SPDX tells "only" from "or later". */
    private static final Map<String, String> GNU =
            Map.of("gpl", "GPL-%s", "lgpl", "LGPL-%s", "gfdl", "GFDL-%s", "gfdl-niv", "GFDL-%s-no-invariants");

    private static final Pattern VERSION = Pattern.compile("(.+)-([0-9][0-9a-z.]*?)(?:\\.0)*(\\+?)");

    private static final Pattern AND = Pattern.compile("(?i)\\s+and\\s+");
    private static final Pattern OR = Pattern.compile("(?i)\\s+or\\s+");

    private DebianLicenses() {}

    /**
     * The licenses that a package has.
     *
     * @param synopses first lines of {@code License} fields, for example {@code GPL-2+ or Artistic}
     */
    public static List<LicenseClaim> claims(List<String> synopses) {
        Set<LicenseClaim> claims = new LinkedHashSet<>();
        for (String synopsis : synopses) {
            // A comma makes the operator behind it bind less.
            boolean mixed = !synopsis.contains(",")
                    && AND.matcher(synopsis).find()
                    && OR.matcher(synopsis).find();
            if (mixed || synopsis.toLowerCase(Locale.ROOT).contains(", or ")) {
                claims.add(new LicenseClaim.Named(synopsis));
                continue;
            }
            for (String part : split(synopsis.replace(",", ""), AND)) {
                claims.add(claim(part));
            }
        }
        return List.copyOf(claims);
    }

    private static LicenseClaim claim(String choice) {
        List<String> names = split(choice, OR);
        List<String> ids = new ArrayList<>();
        for (String name : names) {
            Optional<String> id = id(name);
            if (id.isEmpty()) {
                return new LicenseClaim.Named(choice);
            }
            ids.add(id.get());
        }
        return ids.size() == 1
                ? new LicenseClaim.Listed(ids.get(0))
                : new LicenseClaim.Expression(String.join(" OR ", ids));
    }

    /** The identifier of one short name; names are compared without regard to case. */
    static Optional<String> id(String shortName) {
        String name = shortName.toLowerCase(Locale.ROOT);
        if (SINGLE.containsKey(name)) {
            return Optional.ofNullable(SINGLE.get(name));
        }
        Matcher version = VERSION.matcher(name);
        if (version.matches()) {
            boolean later = !version.group(3).isEmpty();
            String gnu = GNU.get(version.group(1));
            String family = VERSIONED.get(version.group(1));
            if (gnu != null) {
                String suffix = later ? "-or-later" : "-only";
                return numbered(gnu + suffix, version.group(2));
            }
            if (family != null) {
                return later ? Optional.empty() : numbered(family + "-%s", version.group(2));
            }
        }
        // What is spelt exactly like an identifier.
        return SpdxLicenses.find(shortName).filter(id -> id.equals(shortName) && !AMBIGUOUS.contains(id));
    }

    /** Debian writes no zeroes at the end of versions, SPDX does. */
    private static Optional<String> numbered(String pattern, String version) {
        return SpdxLicenses.find(String.format(Locale.ROOT, pattern, version))
                .or(() -> SpdxLicenses.find(String.format(Locale.ROOT, pattern, version + ".0")));
    }

    private static List<String> split(String text, Pattern operator) {
        return List.of(operator.split(text, -1));
    }
}
