package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pairs as two compiles leave them. */
class DifferenceCauseTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TIME   | built 2026-11-28 10:10:44.39+00:00           | built 2026-11-28 10:10:50.52+00:00
            TIME   | built on 2026-11-28T23:59:59Z                | built on 2026-11-29T00:00:03Z
            TIME   | Sat Nov 28 10:03:44 UTC 2026                 | Sun Nov 29 00:01:02 UTC 2026
            TIME   | stamp 1795860643.145650004;                  | stamp 1795860654.852585577;
            TIME   | 1795860643                                   | 1795860654
            KERNEL | Linux 6.18.44-fc-v657 x86_64                 | Linux 2.6.78-fc-v657 x86_64
            PLACE  | /tmp/tmp.DwdYxzYQk8                          | /tmp/tmp.w0sbk3QhoO
            PLACE  | include "/tmp/tmpx8_3k/a.h"                  | include "/tmp/tmpq91zz/a.h"
            RANDOM | seed 33658f0e-c7fd-4de9-a647-f5dc2919ffd9    | seed f243c318-af56-4ed4-92d2-dd47542a5ae7
            RANDOM | <object at 0x7f3a5c1d2e80>                   | <object at 0x7fe1089abc40>
            NUMBER | -j2                                          | -j1
            ORDER  | one two three                                | three one two
            ORDER  | {'a', 'b'}                                   | {'b', 'a'}
            """)
    void theCauseShowsInTheTwoTexts(DifferenceCause cause, String one, String other) {
        assertThat(DifferenceCause.of(one, other)).contains(cause);
    }

    @Test
    void whereNothingShowsNothingIsSaid() {
        assertThat(DifferenceCause.of("fast", "slow")).isEqualTo(Optional.empty());
        // No machine has this kernel but the one that the second compile sees.
        assertThat(DifferenceCause.of("version 1.2.3", "version 1.2.4")).contains(DifferenceCause.NUMBER);
    }
}
