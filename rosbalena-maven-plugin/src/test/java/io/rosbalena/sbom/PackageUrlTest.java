package io.rosbalena.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageUrlTest {
    private static void survives(PackageUrl purl) throws MalformedPackageURLException {
        PackageURL read = new PackageURL(purl.toString());
        assertThat(read.getType()).isEqualTo(purl.type());
        assertThat(read.getNamespace() == null ? "" : read.getNamespace()).isEqualTo(purl.namespace());
        assertThat(read.getName()).isEqualTo(purl.name());
        assertThat(read.getVersion() == null ? "" : read.getVersion()).isEqualTo(purl.version());
        Map<String, String> qualifiers = read.getQualifiers();
        assertThat(qualifiers == null ? Map.of() : qualifiers).isEqualTo(purl.qualifiers());
        // Our form is the canonical one but for the colon, which that library encodes in qualifiers and versions.
        assertThat(read.canonicalize().replace("%3A", ":")).isEqualTo(purl.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1:2.36-9+deb12u1", "2.0~rc1", "0 %/?#@&=", "+b1"})
    void theParserOfOthersReadsWhatItIsMadeOf(String version) throws MalformedPackageURLException {
        survives(PackageUrl.deb("debian", "libstdc++6", version, "amd64", "debian-12", "gcc-12@" + version));
        survives(PackageUrl.of("generic", "perception_node", version));
        survives(PackageUrl.of("pypi", "courier-sums", version));
    }

    /** That parser takes each byte for a letter. */
    @Test
    void lettersAreEncodedAsUtf8() {
        assertThat(PackageUrl.of("generic", "x", "\u00e9\ud83e\udd16").toString())
                .isEqualTo("pkg:generic/x@%C3%A9%F0%9F%A4%96");
    }

    @Test
    void aDebianPackageIsWrittenAsItsDefinitionSays() {
        assertThat(PackageUrl.deb("Debian", "attr", "1:2.4.47-2+b1", "amd64", "debian-12", "")
                        .toString())
                .isEqualTo("pkg:deb/debian/attr@1:2.4.47-2%2Bb1?arch=amd64&distro=debian-12");
    }

    @Test
    void theSourceOfAPackageIsWrittenAsScannersReadIt() {
        assertThat(PackageUrl.upstream("glibc")).isEqualTo("glibc");
        assertThat(PackageUrl.upstream("gcc-defaults (1.203)")).isEqualTo("gcc-defaults@1.203");
        assertThat(PackageUrl.deb("debian", "gcc", "4:12.2.0-3", "amd64", "", "gcc-defaults@1.203")
                        .toString())
                .isEqualTo("pkg:deb/debian/gcc@4:12.2.0-3?arch=amd64&upstream=gcc-defaults%401.203");
    }

    @Test
    void anImageIsKnownByItsManifest() throws MalformedPackageURLException {
        String digest = "sha256:244fd47e07d1004f0aed9c156aa09083c82bf8944eceb67c946ff7430510a77b";
        PackageUrl image = new PackageUrl("oci", "", "talker", digest, new TreeMap<>(Map.of("arch", "arm64")));
        survives(image);
        assertThat(image.toString()).isEqualTo("pkg:oci/talker@" + digest + "?arch=arm64");
        assertThat(new TreeSet<>(image.qualifiers().keySet())).containsExactly("arch");
    }

    @Test
    void noNameOrNoTypeIsRefused() {
        assertThatThrownBy(() -> PackageUrl.of("generic", "", "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PackageUrl.of("not a type", "x", "1")).isInstanceOf(IllegalArgumentException.class);
    }
}
