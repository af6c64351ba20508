package io.rosbalena.rosdep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearSpellingTest {
    private static final List<String> KEYS = List.of(
            "rclcpp", "rclpy", "nav2_bringup", "libopencv-dev", "python3-numpy", "eigen", "boost", "tf2", "tf2_ros");

    @ParameterizedTest
    @CsvSource({
        "rclcp, rclcpp",
        "nav2-bringup, nav2_bringup",
        "NAV2_BRINGUP, nav2_bringup",
        "ros-humble-nav2-bringup, nav2_bringup",
        "opencv, libopencv-dev",
        "numpy, python3-numpy",
        "python-numpy, python3-numpy",
        "eigen3, eigen",
        "bost, boost"
    })
    void findsWhatWasMeant(String wanted, String meant) {
        assertThat(new NearSpelling("humble", KEYS).of(wanted)).first().isEqualTo(meant);
    }

    @Test
    void suggestsNothingFarAway() {
        assertThat(new NearSpelling("humble", KEYS).of("realsense2_camera")).isEmpty();
    }
}
