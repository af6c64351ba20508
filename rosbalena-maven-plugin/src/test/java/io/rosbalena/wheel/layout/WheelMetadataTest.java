package io.rosbalena.wheel.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WheelMetadataTest {
    private static List<String> licenses(String... lines) {
        String text = "Name: x\nVersion: 1\n" + String.join("\n", lines) + "\n\nLicense: of the body\n";
        return WheelMetadata.parse(text.getBytes(StandardCharsets.UTF_8), "x").licenses();
    }

    @Test
    void theExpressionCountsBeforeTheFieldAndTheFieldBeforeClassifiers() {
        String classifier = "Classifier: License :: OSI Approved :: MIT License";
        assertThat(licenses("License: BSD", classifier, "License-Expression: MIT OR Apache-2.0"))
                .containsExactly("MIT OR Apache-2.0");
        assertThat(licenses("License: BSD", classifier)).containsExactly("BSD");
        assertThat(licenses("Classifier: Topic :: Robots", "Classifier: License :: OSI Approved", classifier))
                .containsExactly("MIT License");
        assertThat(licenses()).isEmpty();
    }

    @Test
    void aWholeTextOrNothingInTheFieldIsNoName() {
        String text = "License: Copyright (c) somebody\n        " + "Permission is granted. ".repeat(20);
        String classifier = "Classifier: License :: OSI Approved :: BSD License";
        assertThat(licenses(text, classifier)).containsExactly("BSD License");
        assertThat(licenses("License: UNKNOWN", classifier)).containsExactly("BSD License");
        assertThat(licenses("License:")).isEmpty();
    }
}
