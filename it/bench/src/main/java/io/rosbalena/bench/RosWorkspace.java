package io.rosbalena.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * The largest of the workspaces in the shared data: 239 packages.
 *
 * @param sources the folder that holds its packages
 */
record RosWorkspace(Path sources) {
    private static final String NAME = "autowarefoundation__autoware.universe";

    /** Packages of other repositories: {@code rosdep resolve} fails where one is among its keys. */
    static final Set<String> UNKNOWN_KEYS = Set.of(
            "autoware_iv_external_api_adaptor",
            "autoware_iv_internal_api_adaptor",
            "awapi_awiv_adapter",
            "eagleye_geo_pose_fusion",
            "eagleye_gnss_converter",
            "eagleye_rt",
            "glog",
            "mussp",
            "tier4_api_msgs",
            "tier4_auto_msgs_converter",
            "tier4_control_msgs",
            "tier4_debug_msgs",
            "tier4_external_api_msgs",
            "tier4_localization_msgs",
            "tier4_metric_msgs",
            "tier4_perception_msgs",
            "tier4_planning_msgs",
            "tier4_rtc_msgs",
            "tier4_simulation_msgs",
            "tier4_system_msgs",
            "tier4_v2x_msgs",
            "tier4_vehicle_msgs");

    static RosWorkspace unpacked(Workplace workplace) throws IOException, InterruptedException {
        Path folder = workplace.empty("workspace");
        new Command(
                        "tar",
                        "-xzf",
                        workplace
                                .shared()
                                .resolve("data/corpus/workspaces-humble.tar.gz")
                                .toString(),
                        "--strip-components=1",
                        NAME)
                .in(folder)
                .run();
        return new RosWorkspace(folder);
    }
}
