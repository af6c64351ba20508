package io.rosbalena.balena;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    @Test
    void aTurnComesWhenTheOldestRequestLeavesTheWindow() {
        AtomicLong now = new AtomicLong(-5);
        Throttle throttle = new Throttle(2, Duration.ofNanos(100), now::get);

        assertThat(throttle.turn()).isZero();
        now.addAndGet(30);
        assertThat(throttle.turn()).isZero();
        now.addAndGet(10);
        assertThat(throttle.turn()).isEqualTo(60);
        now.addAndGet(60);
        assertThat(throttle.turn()).isZero();
        assertThat(throttle.turn()).isEqualTo(30);
    }
}
