package io.rosbalena.balena;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageLocationTest {
    @Test
    void theFirstPartIsTheHost() {
        assertThat(ImageLocation.parse("registry2.balena-cloud.com/v2/f7c81b568da2db8fb0171f3dbd6ff6e5"))
                .contains(new ImageLocation("registry2.balena-cloud.com", "v2/f7c81b568da2db8fb0171f3dbd6ff6e5"));
        assertThat(ImageLocation.parse("127.0.0.1:15000/v2/ab"))
                .contains(new ImageLocation("127.0.0.1:15000", "v2/ab"));
    }

    /** A server that names something else would have our token sent there, or a path of its own choice asked for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "user@host/v2/ab",
                "host/../ab",
                "host/v2/ab?x",
                "https://host/v2/ab",
                "host/V2/ab",
                "a b/c"
            })
    void whatIsNoPlaceOfAnImageIsNotTaken(String text) {
        assertThat(ImageLocation.parse(text)).isEmpty();
    }
}
