package io.rosbalena.robot.locking;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Finding;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndOfLifeTest {
    private static Optional<String> told(String rosDistro, String day) {
        Clock clock = Clock.fixed(Instant.parse(day + "T12:00:00Z"), ZoneOffset.UTC);
        return EndOfLife.of(rosDistro, clock).map(Finding::print);
    }

    @Test
    void saysNothingWhileThereIsTime() {
        assertThat(told("humble", "2026-12-02")).isEmpty();
        assertThat(told("rolling", "2099-01-01")).isEmpty();
    }

    @Test
    void tellsHalfAYearBefore() {
        assertThat(told("humble", "2026-12-03").orElseThrow())
                .contains("warning RB059", "humble gets updates until 2027-05-31", "move to lyrical");
        assertThat(told("humble", "2027-05-31").orElseThrow()).contains("gets updates until 2027-05-31");
    }

    @Test
    void tellsOfOneThatHasEnded() {
        assertThat(told("humble", "2027-06-01").orElseThrow()).contains("humble has had no updates since 2027-05-31");
        assertThat(told("lyrical", "2040-01-01").orElseThrow()).contains("move to a newer distribution");
    }
}
