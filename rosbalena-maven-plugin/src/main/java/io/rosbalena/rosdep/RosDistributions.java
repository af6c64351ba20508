package io.rosbalena.rosdep;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ROS 2 distributions that are supported, from {@code ros-distributions.tsv}, which names its sources. */
public final class RosDistributions {
    private static final String NONE = "-";
    private static final List<RosDistribution> ALL = read();

    private RosDistributions() {}

    /** All, the oldest first, rolling last. */
    public static List<RosDistribution> all() {
        return ALL;
    }

    /** The distribution of this name. */
    public static Optional<RosDistribution> find(String name) {
        return ALL.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    private static List<RosDistribution> read() {
        try (InputStream in = RosDistributions.class.getResourceAsStream("ros-distributions.tsv")) {
            if (in == null) {
                throw new IllegalStateException("the plugin lacks ros-distributions.tsv");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(RosDistributions::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the plugin's own data", e);
        }
    }

    private static RosDistribution parse(String line) {
        String[] fields = line.split("\t", -1);
        List<TargetOs> platforms = new ArrayList<>();
        if (!fields[1].equals(NONE)) {
            platforms.add(new TargetOs("ubuntu", fields[1]));
        }
        if (!fields[2].equals(NONE)) {
            platforms.add(new TargetOs("debian", fields[2]));
        }
        return new RosDistribution(fields[0], platforms, month(fields[3]), month(fields[4]));
    }

    private static Optional<YearMonth> month(String text) {
        return text.equals(NONE) ? Optional.empty() : Optional.of(YearMonth.parse(text));
    }
}
