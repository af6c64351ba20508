package io.rosbalena.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopRuleTest {
    @ParameterizedTest
    @CsvSource({"SIGINT, INT", "TERM, TERM", "2, 2", "SIGUSR1, USR1", "SIGRTMIN+3, 37", "RTMAX-1, 63"})
    void aSignalIsWrittenAsKillTakesIt(String signal, String expected) {
        assertThat(new StopRule(signal, Duration.ZERO).forKill()).isEqualTo(expected);
    }

    @Test
    void anythingElseIsNoSignal() {
        assertThatThrownBy(() -> new StopRule("INT; reboot", Duration.ZERO)).hasMessageContaining("not a signal");
    }
}
