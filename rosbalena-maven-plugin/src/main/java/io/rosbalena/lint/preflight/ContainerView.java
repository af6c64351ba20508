package io.rosbalena.lint.preflight;

import io.rosbalena.compose.Service;
import io.rosbalena.environment.TreeView;
import io.rosbalena.tree.TreePath;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the processes of a service see when they start.
 *
 * @param service what the manifest says of it, as its user wrote it
 * @param files everything in its image
 * @param environment the variables of its image, those of the manifest above them
 * @param workingDirectory absolute
 * @param processor that it runs on
 * @param kinds what is known of libraries without a look into them, see {@link io.rosbalena.apt.state.LibraryFact#flags}
 */
public record ContainerView(
        Service service,
        TreeView files,
        Map<String, String> environment,
        String workingDirectory,
        Processor processor,
        Map<TreePath, Integer> kinds) {
    public ContainerView {
        environment = Map.copyOf(environment);
        kinds = Map.copyOf(kinds);
    }

    /** The folders of a variable such as PATH; an empty one is the working directory. */
    List<String> folders(String variable) {
        String value = environment.getOrDefault(variable, "");
        return value.isEmpty()
                ? List.of()
                : Arrays.stream(value.split(":", -1)).map(this::absolute).toList();
    }

    /** A path as a process of the service means it. */
    String absolute(String path) {
        return path.startsWith("/") ? path : workingDirectory + (path.isEmpty() ? "" : "/" + path);
    }

    /** Whether it is known what stands at a path: volumes and the like are put over the image. */
    boolean isOfImage(String path) {
        return List.of("/dev", "/proc", "/run", "/sys", "/tmp").stream().noneMatch(over -> isBelow(path, over))
                && service.volumes().stream().noneMatch(volume -> isBelow(path, volume.target()))
                && service.texts("tmpfs").stream().noneMatch(over -> isBelow(path, over.split(":", 2)[0]));
    }

    private static boolean isBelow(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder.endsWith("/") ? folder : folder + "/");
    }
}
