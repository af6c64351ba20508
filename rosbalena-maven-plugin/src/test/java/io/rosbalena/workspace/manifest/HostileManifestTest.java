package io.rosbalena.workspace.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.rosbalena.Damaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a package.xml holds, it is a manifest or an error that says why; and no other file is ever read for it. */
class HostileManifestTest {
    private static final String SECRET = "bcdbcdbcd";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String SOUND = """
            <?xml version="1.0"?>
            <package format="3">
              <name>talker</name><version>1.0.0</version><description>says <b>things</b></description>
              <maintainer email="a@b.org">A</maintainer><license>MIT</license>
              <depend version_gte="1" condition="$ROS_DISTRO == humble">rclcpp</depend>
              <exec_depend>talker_msgs</exec_depend><group_depend>rosidl_interface_packages</group_depend>
              <export><build_type>ament_cmake</build_type></export>
            </package>
            """;

    private static final List<String> PIECES = List.of(
            "<package format=\"3\">",
            "</package>",
            "<name>a</name>",
            "<version>1.0.0</version>",
            "<depend condition='",
            "$A == (",
            "'>",
            "</depend>",
            "<export>",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "&lt;",
            "&#x0;",
            "&amp",
            "&x;",
            "<!DOCTYPE package [<!ENTITY x \"&y;&y;\"><!ENTITY y \"&z;&z;\">]>",
            "<!DOCTYPE package [<!ENTITY x SYSTEM \"SECRET-FILE\">]>",
            "<!DOCTYPE package SYSTEM \"SECRET-FILE\">",
            "<?xml version=\"9.9\" encoding=\"UTF-7\"?>",
            "xmlns:a=\"b\"",
            "\uFEFF",
            "\u0000",
            "\uD800",
            "<a:b/>");

    private static List<String> pieces() throws IOException {
        Path secret = Path.of("target", "secret.xml").toAbsolutePath();
        Files.writeString(secret, SECRET);
        return PIECES.stream()
                .map(piece -> piece.replace("SECRET-FILE", secret.toUri().toString()))
                .toList();
    }

    @Provide
    Arbitrary<String> pieced() throws IOException {
        return Damaged.pieces(pieces());
    }

    @Provide
    Arbitrary<String> edited() throws IOException {
        return Damaged.edited(SOUND, pieces());
    }

    @Property(tries = 1000)
    void piecesAreAManifestOrAnError(@ForAll("pieced") String text) {
        check(text);
    }

    @Property(tries = 2000)
    void anEditedManifestIsOneOrAnError(@ForAll("edited") String text) {
        check(text);
    }

    private static void check(String text) {
        String told = assertTimeoutPreemptively(SOON, () -> {
            try {
                PackageManifest manifest = PackageManifest.parse(text);
                assertThat(manifest.name()).isNotEmpty();
                assertThat(manifest.format()).isBetween(1, 3);
                return manifest.toString();
            } catch (InvalidManifestException e) {
                assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
                    assertThat(problem.message()).isNotBlank();
                    assertThat(problem.line()).isNotNegative();
                });
                return e.problems().toString();
            }
        });
        assertThat(told).doesNotContain(SECRET);
    }
}
