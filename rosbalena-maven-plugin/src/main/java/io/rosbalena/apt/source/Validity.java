package io.rosbalena.apt.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * For how long a Release file is believed ({@code sources.list(5)}, {@code Check-Valid-Until}, {@code Valid-Until-Min} and
 * {@code Valid-Until-Max}). An archive that says nothing of itself, as Debian's and Ubuntu's own suites do not, could be
 * shown as it was years ago by whoever sits between; a longest age is what helps against that.
 *
 * @param checked whether it ends at all
 * @param atLeast the age that is believed in any case, where the archive names an end
 * @param atMost the age after which it is not believed, whatever the archive says
 * @param whileItChanges the same for archives that change all the time, where the source says nothing
 */
public record Validity(
        boolean checked, Optional<Duration> atLeast, Optional<Duration> atMost, Optional<Duration> whileItChanges) {

    /**
     * When a Release file ends, as apt decides it.
     *
     * @param date when it was made
     * @param validUntil what it says itself
     * @param changes whether the archive changes all the time
     * @return empty if it does not end
     */
    public Optional<Instant> end(Instant date, Optional<Instant> validUntil, boolean changes) {
        if (!checked) {
            return Optional.empty();
        }
        Optional<Instant> end = validUntil.map(
                until -> atLeast.map(date::plus).filter(until::isBefore).orElse(until));
        Optional<Instant> last =
                atMost.or(() -> changes ? whileItChanges : Optional.empty()).map(date::plus);
        return end.isPresent() && last.filter(end.get()::isAfter).isEmpty() ? end : last;
    }
}
