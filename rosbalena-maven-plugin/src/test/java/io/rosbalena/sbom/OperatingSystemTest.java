package io.rosbalena.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OperatingSystemTest {
    @Test
    void isReadFromOsRelease() {
        assertThat(OperatingSystem.parse("""
                        PRETTY_NAME="Ubuntu 22.04.4 LTS"
                        # a comment
                        VERSION_ID="22.04"
                        VERSION_CODENAME=jammy
                        ID=ubuntu
                        ID_LIKE='debian'
                        """)).contains(new OperatingSystem("ubuntu", "22.04"));
        assertThat(new OperatingSystem("ubuntu", "22.04").distro()).isEqualTo("ubuntu-22.04");
    }

    @Test
    void aReleaseWithoutNumberHasACodeName() {
        assertThat(OperatingSystem.parse("ID='debian'\nVERSION_CODENAME=forky\n"))
                .contains(new OperatingSystem("debian", "forky"));
        assertThat(OperatingSystem.parse("ID=arch\n").orElseThrow().distro()).isEqualTo("arch");
    }

    @Test
    void whatNamesNoSystemIsNone() {
        assertThat(OperatingSystem.parse("")).isEmpty();
        assertThat(OperatingSystem.parse("VERSION_ID=12\n")).isEmpty();
        assertThat(OperatingSystem.parse("ID=\"not an ID\"\n")).isEmpty();
    }
}
