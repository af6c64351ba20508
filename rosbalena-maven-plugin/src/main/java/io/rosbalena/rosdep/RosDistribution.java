package io.rosbalena.rosdep;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * A ROS 2 distribution.
 *
 * @param name for example {@code humble}
 * @param platforms systems that its packages are released for
 * @param released month of its release; empty for rolling
 * @param endOfLife last month with updates; empty for rolling
 */
public record RosDistribution(
        String name, List<TargetOs> platforms, Optional<YearMonth> released, Optional<YearMonth> endOfLife) {

    public RosDistribution {
        platforms = List.copyOf(platforms);
    }

    /** The last day on which updates are made; empty for rolling. */
    public Optional<LocalDate> lastDay() {
        return endOfLife.map(YearMonth::atEndOfMonth);
    }

    /** Value of {@code ROS_VERSION} in conditions of {@code package.xml} (REP-149). */
    public String rosVersion() {
        return "2";
    }

    /** Value of {@code ROS_PYTHON_VERSION} in conditions of {@code package.xml} (REP-149). */
    public String pythonVersion() {
        return "3";
    }
}
