package io.rosbalena.robot.surroundings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BegunTest {
    @Test
    void workRunsBeforeItsResultIsAskedForAndOnlyOnce() throws IOException, InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch ran = new CountDownLatch(1);
        try (Begun<String, Integer> begun = new Begun<>()) {
            begun.begin("one", () -> {
                ran.countDown();
                return runs.incrementAndGet();
            });
            ran.await();
            begun.begin("one", runs::incrementAndGet);

            assertThat(begun.get("one")).isEqualTo(1);
            assertThat(begun.get("one")).isEqualTo(1);
        }
    }

    @Test
    void aFailureIsToldToWhoeverAsks() {
        try (Begun<String, Integer> begun = new Begun<>()) {
            begun.begin("one", () -> {
                throw new IOException("damaged");
            });

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> begun.get("one"))
                    .withMessage("damaged");
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> begun.get("two"));
        }
    }

    @Test
    void closingWaitsForWorkThatDoesNotStopAtOnce() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        try (Begun<String, Boolean> begun = new Begun<>()) {
            begun.begin("one", () -> {
                running.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    ended.set(true);
                }
                return true;
            });
            running.await();
        }
        assertThat(ended).isTrue();
    }
}
