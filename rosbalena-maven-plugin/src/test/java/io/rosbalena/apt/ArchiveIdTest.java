package io.rosbalena.apt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ArchiveIdTest {

    @Test
    void isWrittenAsOneWordAndReadBack() {
        ArchiveId plain = new ArchiveId("Debian", "Debian-Security", "bookworm-security", "main");
        ArchiveId odd = new ArchiveId("Some Company, Ltd/Öl", "", "a+b", "");

        assertThat(plain).hasToString("Debian/Debian-Security/bookworm-security/main");
        assertThat(odd.toString()).matches("[!-~]+");
        assertThat(ArchiveId.parse(plain.toString())).isEqualTo(plain);
        assertThat(ArchiveId.parse(odd.toString())).isEqualTo(odd);
        assertThatIllegalArgumentException().isThrownBy(() -> ArchiveId.parse("a/b/c"));
    }
}
