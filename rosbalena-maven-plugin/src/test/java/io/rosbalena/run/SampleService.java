package io.rosbalena.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Services of tests: a shell script in an image with busybox. */
final class SampleService {
    private SampleService() {}

    static Service shell(String name, List<ServiceLayer> layers, String script, String... dependsOn) {
        return program(name, layers, List.of("/bin/sh", "-c", script), dependsOn);
    }

    static Service program(String name, List<ServiceLayer> layers, List<String> arguments, String... dependsOn) {
        return new Service(
                name,
                layers,
                new ServiceCommand(arguments, Map.of("PATH", "/bin"), "/"),
                ServiceView.HOST,
                new StopRule("SIGINT", Duration.ofSeconds(10)),
                RestartPolicy.NO,
                List.of(dependsOn),
                List.of());
    }

    static Service with(Service service, ServiceView view) {
        return new Service(
                service.name(),
                service.layers(),
                service.command(),
                view,
                service.stop(),
                service.restart(),
                service.dependsOn(),
                service.notApplied());
    }

    static Service with(Service service, String restart) {
        return new Service(
                service.name(),
                service.layers(),
                service.command(),
                service.view(),
                service.stop(),
                RestartPolicy.parse(restart),
                service.dependsOn(),
                service.notApplied());
    }

    static Service with(Service service, StopRule stop) {
        return new Service(
                service.name(),
                service.layers(),
                service.command(),
                service.view(),
                stop,
                service.restart(),
                service.dependsOn(),
                service.notApplied());
    }
}
