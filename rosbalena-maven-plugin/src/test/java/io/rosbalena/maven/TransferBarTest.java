package io.rosbalena.maven;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransferBarTest {
    @Test
    void aWideTerminalShowsABarOfThirty() {
        assertThat(TransferBar.line(50_000_000, 100_000_000, 3_400_000, 80))
                .isEqualTo("  [###############               ] 50 MB of 100 MB, 3.4 MB/s");
    }

    @Test
    void aNarrowOneAShorterBarOrNone() {
        assertThat(TransferBar.line(50_000_000, 100_000_000, 3_400_000, 40))
                .isEqualTo("  [####     ] 50 MB of 100 MB, 3.4 MB/s");
        assertThat(TransferBar.line(50_000_000, 100_000_000, 3_400_000, 30)).isEqualTo("50 MB of 100 MB");
        assertThat(TransferBar.line(50_000_000, 100_000_000, 3_400_000, 5)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 20, 30, 36, 37, 38, 39, 40, 80, 200})
    void noLineFillsTheTerminal(int columns) {
        assertThat(TransferBar.line(999_000_000_000L, 999_000_000_000L, 999_000_000L, columns)
                        .length())
                .isLessThan(columns);
        assertThat(TransferBar.line(0, 0, 0, columns).length()).isLessThan(columns);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "9949, 9.9 kB",
        "9950, 10 kB",
        "999499, 999 kB",
        "999500, 1.0 MB",
        "3400000, 3.4 MB",
        "20000000000, 20 GB",
        "9223372036854775807, 9223372 TB"
    })
    void sizesAreShownInTheUnitThatPeopleRead(long bytes, String shown) {
        assertThat(Sizes.show(bytes)).isEqualTo(shown);
    }
}
