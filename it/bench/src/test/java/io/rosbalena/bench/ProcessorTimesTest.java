package io.rosbalena.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorTimesTest {
    @Test
    void readsWhatTheShellSaysOfItsChildren() {
        assertThat(ProcessorTimes.children("0m0.010000s 0m0.020000s\n1m2.500000s 0m0.250000s\n"))
                .isEqualTo(62.75);
    }

    @Test
    void addsUpAProcessAndThoseThatItWaitedFor() {
        assertThat(ProcessorTimes.stat("42 (a) name) S 1 42 42 0 -1 4194304 1 2 3 4 100 20 3000 40000 20 0 1 0 5"))
                .isEqualTo(431.2);
    }

    @Test
    void knowsThisProcess() throws java.io.IOException {
        assertThat(ProcessorTimes.of(ProcessHandle.current())).isPositive();
        assertThat(ProcessorTimes.peak(ProcessHandle.current())).isPositive();
    }
}
