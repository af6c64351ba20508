package io.rosbalena.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.store.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartOrderTest {
    private static final List<ServiceLayer> LAYERS = List.of(new ServiceLayer(Digest.of("blob"), Digest.of("archive")));

    private static Service service(String name, String... dependsOn) {
        return SampleService.shell(name, LAYERS, "true", dependsOn);
    }

    @Test
    void eachServiceStandsAfterThoseItDependsOn() {
        assertThat(StartOrder.of(List.of(service("a", "c"), service("b"), service("c", "b"))))
                .extracting(Service::name)
                .containsExactly("b", "c", "a");
    }

    @Test
    void aCircleAndAnUnknownNameAreBothTold() {
        assertThatThrownBy(() -> StartOrder.of(List.of(service("a", "b"), service("b", "a"), service("c", "x"))))
                .hasMessageContaining("RB551")
                .hasMessageContaining("a → b → a")
                .hasMessageContaining("RB550")
                .hasMessageContaining("x, which is no service");
    }
}
