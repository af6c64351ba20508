package io.rosbalena.sbom;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The SPDX License List, and what names outside of it mean in it. */
public final class SpdxLicenses {
    private static final String EXCEPTION = "WITH ";

    private static final Map<String, String> IDS = read();

    /** Names in full that {@code package.xml} files and Python packages state, by their identifiers in the list. */
    private static final Map<String, String> NAMES = Map.of(
            "apache license 2.0", "Apache-2.0",
            "boost software license 1.0", "BSL-1.0",
            "bsd 2-clause \"simplified\" license", "BSD-2-Clause",
            "bsd 3-clause \"new\" or \"revised\" license", "BSD-3-Clause",
            "eclipse public license 2.0", "EPL-2.0",
            "isc license", "ISC",
            "mit license", "MIT",
            "mozilla public license 2.0", "MPL-2.0",
            "the unlicense", "Unlicense",
            "zlib license", "Zlib");

    private SpdxLicenses() {}

    /** The identifier as the list writes it; case does not matter (SPDX 2.3, annex D). */
    static Optional<String> find(String id) {
        return Optional.ofNullable(IDS.get(id.toLowerCase(Locale.ROOT))).filter(known -> !known.startsWith(EXCEPTION));
    }

    /** Whether the list has an exception of this name, as stands behind {@code WITH}. */
    static boolean isException(String name) {
        return IDS.containsKey((EXCEPTION + name).toLowerCase(Locale.ROOT));
    }

    /** What somebody states who should state an identifier or an expression of SPDX (REP-149, PEP 639). */
    public static LicenseClaim stated(String text) {
        String words = String.join(" ", text.strip().split("\\s+"));
        Optional<String> listed = find(words).or(() -> Optional.ofNullable(NAMES.get(words.toLowerCase(Locale.ROOT))));
        if (listed.isPresent()) {
            return new LicenseClaim.Listed(listed.get());
        }
        return SpdxExpression.isOne(words) ? new LicenseClaim.Expression(words) : new LicenseClaim.Named(words);
    }

    private static Map<String, String> read() {
        Map<String, String> ids = new HashMap<>();
        try (InputStream in = SpdxLicenses.class.getResourceAsStream("spdx-licenses.txt")) {
            if (in == null) {
                throw new IllegalStateException("spdx-licenses.txt is missing from the plugin");
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> ids.put(line.toLowerCase(Locale.ROOT), line));
        } catch (IOException e) {
            throw new UncheckedIOException("spdx-licenses.txt of the plugin", e);
        }
        return Map.copyOf(ids);
    }
}
