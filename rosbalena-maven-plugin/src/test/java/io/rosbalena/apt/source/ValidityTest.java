package io.rosbalena.apt.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidityTest {
    private static final Instant DATE = Instant.parse("2026-01-01T00:00:00Z");

    private static Optional<Duration> days(Integer days) {
        return Optional.ofNullable(days).map(Duration::ofDays);
    }

    /** In days after the file was made, as apt-pkg decides it (debmetaindex.cc). */
    @ParameterizedTest
    @CsvSource({
        // archive, min, max, end
        ",,,",
        "7,,,7",
        ",,3,3",
        "7,,3,3",
        "7,,30,7",
        "7,10,,10",
        "7,2,,7",
        ",10,,",
        "7,10,3,3",
        ",10,3,3",
    })
    void theEndIsThatOfApt(Integer archive, Integer atLeast, Integer atMost, Integer end) {
        Validity validity = new Validity(true, days(atLeast), days(atMost), Optional.empty());

        assertThat(validity.end(DATE, days(archive).map(DATE::plus), true))
                .isEqualTo(days(end).map(DATE::plus));
        assertThat(new Validity(false, days(atLeast), days(atMost), Optional.empty())
                        .end(DATE, days(archive).map(DATE::plus), true))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true,,,5", "true,3,,3", "true,,7,7", "true,,2,2", "false,,,", "false,,7,7", "false,3,,3"})
    void theUsersOwnAgeCountsForWhatChanges(boolean changes, Integer archive, Integer atMost, Integer end) {
        Validity validity = new Validity(true, Optional.empty(), days(atMost), days(5));

        assertThat(validity.end(DATE, days(archive).map(DATE::plus), changes))
                .isEqualTo(days(end).map(DATE::plus));
    }
}
