package io.rosbalena.workspace;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The variables with which conditions of manifests are read. colcon and rosdep set different ones: colcon sets
 * {@code DISABLE_GROUPS_WORKAROUND}, so a dependency can be stated for rosdep alone.
 *
 * @param colcon what colcon-ros sets: decides about packages of the workspace
 * @param rosdep what rosdep sets (0.23 and later): decides about keys
 */
public record ConditionContexts(Map<String, String> colcon, Map<String, String> rosdep) {
    public ConditionContexts {
        colcon = Map.copyOf(colcon);
        rosdep = Map.copyOf(rosdep);
    }

    /**
     * The contexts of a ROS 2 distribution.
     *
     * @param rosDistro for example {@code humble}
     * @param user further variables, which stand above ours
     */
    public static ConditionContexts of(String rosDistro, Map<String, String> user) {
        Map<String, String> rosdep = new LinkedHashMap<>();
        rosdep.put("ROS_DISTRO", rosDistro);
        rosdep.put("ROS_VERSION", "2");
        rosdep.put("ROS_PYTHON_VERSION", "3");
        rosdep.putAll(user);
        Map<String, String> colcon = new LinkedHashMap<>(rosdep);
        colcon.put("DISABLE_GROUPS_WORKAROUND", "1");
        return new ConditionContexts(colcon, rosdep);
    }
}
