package io.rosbalena.robot.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How services are named on a device, and which Supervisors are new enough. */
class LocalNamesTest {
    @Test
    void aServiceKeepsItsNumberWhateverTheOthersAre() {
        LocalNames alone =
                Objects.requireNonNull(LocalNames.of(List.of("talker")).get("talker"));

        assertThat(LocalNames.of(List.of("arm", "talker", "zoom")).get("talker"))
                .isEqualTo(alone);
        assertThat(alone.number()).isPositive();
        assertThat(alone.repository()).isEqualTo("local_image_talker");
    }

    @ParameterizedTest
    @CsvSource({
        "camera-driver, local_image_camera-driver",
        "a.b_c, local_image_a.b_c",
        "Camera, local_image_camera_[0-9]+",
        "a--b, local_image_a_b_[0-9]+",
        "_x_, local_image_x_[0-9]+"
    })
    void theRepositoryIsOneThatEnginesTake(String service, String repository) {
        assertThat(LocalNames.of(List.of(service)).values())
                .singleElement()
                .satisfies(name -> assertThat(name.repository()).matches(repository));
    }

    @Test
    void namesThatDifferInCapitalsAloneStayApart() {
        assertThat(LocalNames.of(List.of("Camera", "camera")).values())
                .extracting(LocalNames::repository)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "7.21.4, true",
        "17.4.2, true",
        "v19.0.5, true",
        "8.0.0+rev2, true",
        "7.21.3, false",
        "6.99.99, false",
        "latest, false",
        "99999999999999999999.0.0, false"
    })
    void oldSupervisorsAreToldFromNewOnes(String version, boolean isEnough) {
        assertThat(SupervisorVersion.isEnough(version)).isEqualTo(isEnough);
    }
}
