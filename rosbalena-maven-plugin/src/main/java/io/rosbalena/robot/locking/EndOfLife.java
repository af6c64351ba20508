package io.rosbalena.robot.locking;

import io.rosbalena.finding.Finding;
import io.rosbalena.rosdep.RosDistribution;
import io.rosbalena.rosdep.RosDistributions;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Tells of a ROS distribution that ends. Only locking does, where new packages are asked for: a build from a lock does
 * not depend on the day.
 */
final class EndOfLife {
    /** Half a year is about what a team needs to move a fleet. */
    private static final int DAYS_BEFORE = 180;

    private EndOfLife() {}

    /** RB059 if the distribution has ended, or ends within 180 days. */
    static Optional<Finding> of(String rosDistro, Clock clock) {
        LocalDate today = LocalDate.now(clock);
        return RosDistributions.find(rosDistro)
                .flatMap(RosDistribution::lastDay)
                .filter(last -> today.plusDays(DAYS_BEFORE).isAfter(last))
                .map(last -> Finding.warning("RB059", rosDistro + words(today, last))
                        .fix("plan to move to " + later(today)));
    }

    private static String words(LocalDate today, LocalDate last) {
        return today.isAfter(last)
                ? " has had no updates since " + last + ", neither its packages nor its keys"
                : " gets updates until " + last;
    }

    /** Of those that go on, the one that goes on longest. */
    private static String later(LocalDate today) {
        return RosDistributions.all().stream()
                .filter(one -> one.lastDay()
                        .filter(last -> last.isAfter(today.plusDays(DAYS_BEFORE)))
                        .isPresent())
                .map(RosDistribution::name)
                .reduce((earlier, newer) -> newer)
                .orElse("a newer distribution");
    }
}
