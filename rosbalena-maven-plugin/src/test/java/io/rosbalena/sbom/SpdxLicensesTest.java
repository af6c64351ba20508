package io.rosbalena.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpdxLicensesTest {
    /** Its schema lists licenses and exceptions together. */
    @Test
    void everyIdentifierOfCycloneDxIsKnown() throws IOException {
        try (InputStream schema = SpdxLicensesTest.class.getResourceAsStream("/spdx.schema.json")) {
            assertThat(schema).isNotNull();
            List<String> ids = Json.parse(schema.readAllBytes()).get("enum").strings();
            assertThat(ids)
                    .hasSizeGreaterThan(700)
                    .allMatch(id ->
                            SpdxLicenses.find(id).equals(java.util.Optional.of(id)) || SpdxLicenses.isException(id));
            assertThat(ids).filteredOn(SpdxLicenses::isException).hasSizeBetween(60, 120);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Apache-2.0, Apache-2.0",
        "apache-2.0, Apache-2.0",
        "Apache License 2.0, Apache-2.0",
        "MIT License, MIT",
        "' BSD-3-Clause ', BSD-3-Clause"
    })
    void whatTheListHasIsListed(String stated, String id) {
        assertThat(SpdxLicenses.stated(stated)).isEqualTo(new LicenseClaim.Listed(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MIT OR Apache-2.0",
                "(MIT AND BSD-2-Clause) OR GPL-2.0-only WITH Classpath-exception-2.0",
                "LicenseRef-Ours AND GPL-2.0+"
            })
    void expressionsAreTakenAsTheyAre(String stated) {
        assertThat(SpdxLicenses.stated(stated)).isEqualTo(new LicenseClaim.Expression(stated));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BSD",
                "TODO: License declaration",
                "MIT OR",
                "MIT OR OURS",
                "(MIT OR) Apache-2.0",
                "MIT)(",
                "MIT AND (ISC",
                "MIT WITH Classpath",
                "WITH Classpath-exception-2.0",
                "MIT Apache-2.0"
            })
    void everythingElseIsAName(String stated) {
        assertThat(SpdxLicenses.stated(stated)).isEqualTo(new LicenseClaim.Named(stated));
    }
}
