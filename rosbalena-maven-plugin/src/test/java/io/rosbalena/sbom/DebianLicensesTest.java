package io.rosbalena.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.sbom.LicenseClaim.Expression;
import io.rosbalena.sbom.LicenseClaim.Listed;
import io.rosbalena.sbom.LicenseClaim.Named;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebianLicensesTest {
    @ParameterizedTest
    @CsvSource({
        "Expat, MIT",
        "expat, MIT",
        "BSD-3-clause, BSD-3-Clause",
        "ISC, ISC",
        "zlib, Zlib",
        "Apache-2, Apache-2.0",
        "Apache-2.0, Apache-2.0",
        "Artistic-2.0, Artistic-2.0",
        "GPL-1+, GPL-1.0-or-later",
        "GPL-2, GPL-2.0-only",
        "GPL-2.0+, GPL-2.0-or-later",
        "LGPL-2+, LGPL-2.0-or-later",
        "LGPL-2.1, LGPL-2.1-only",
        "LGPL-3.0.0+, LGPL-3.0-or-later",
        "GFDL-1.3+, GFDL-1.3-or-later",
        "GFDL-NIV-1.3, GFDL-1.3-no-invariants-only",
        "CC0-1.0, CC0-1.0",
        "CC-BY-SA-3.0, CC-BY-SA-3.0",
        "MPL-1.1, MPL-1.1",
        "Zope-2.1, ZPL-2.1",
        "BSL-1.0, BSL-1.0",
        "curl, curl"
    })
    void namesOfTheFormatHaveIdentifiers(String name, String id) {
        assertThat(DebianLicenses.claims(List.of(name))).containsExactly(new Listed(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MIT",
                "X11",
                "public-domain",
                "Artistic",
                "GPL",
                "GPL-9",
                "MPL-2.0+",
                "GPL-2+ with OpenSSL exception",
                "bsl-1.0",
                "BSD-3-google",
                "A or B and C",
                "A and B, or C"
            })
    void othersKeepTheirNames(String name) {
        assertThat(DebianLicenses.claims(List.of(name))).containsExactly(new Named(name));
    }

    @Test
    void severalLicensesAreTakenApartWhereAllOfThemHold() {
        assertThat(DebianLicenses.claims(
                        List.of("GPL-2+ or Artistic-2, and Expat", "Expat and ISC", "GPL-1+ or Artistic")))
                .containsExactly(
                        new Expression("GPL-2.0-or-later OR Artistic-2.0"),
                        new Listed("MIT"),
                        new Listed("ISC"),
                        new Named("GPL-1+ or Artistic"));
    }
}
