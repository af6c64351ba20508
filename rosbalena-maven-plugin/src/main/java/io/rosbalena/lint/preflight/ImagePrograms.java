package io.rosbalena.lint.preflight;

import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The programs, ROS packages and launch files of an image, by the names that commands use. */
final class ImagePrograms {
    private static final String INDEX = "share/ament_index/resource_index/packages/";
    private static final String INSTALL = "ros2_ws/install/";

    private final ContainerView view;

    ImagePrograms(ContainerView view) {
        this.view = view;
    }

    /** Whether something that can be executed stands at an absolute path. */
    boolean isProgram(String path) {
        return view.files().find(path).filter(ImagePrograms::isExecutable).isPresent();
    }

    private static boolean isExecutable(Entry entry) {
        return entry.isFile() && (entry.mode() & 0111) != 0;
    }

    /** The names that can be called without a path: what PATH leads to, and programs of the workspace's packages. */
    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        for (String folder : view.folders("PATH")) {
            view.files().list(folder).stream()
                    .filter(name -> isProgram(folder + "/" + name))
                    .forEach(names::add);
        }
        below(TreePath.parse(INSTALL))
                .filter(path -> isOfPackage(path) && isProgram(path.absolute()))
                .forEach(path -> names.add(path.name()));
        return names;
    }

    /** {@code ros2_ws/install/PACKAGE/lib/PACKAGE/PROGRAM}, as the manifest's commands are resolved. */
    private static boolean isOfPackage(TreePath path) {
        List<String> parts = path.components();
        return parts.size() == 6 && parts.get(3).equals("lib") && parts.get(2).equals(parts.get(4));
    }

    /** The folder that a ROS package is installed in: as AMENT_PREFIX_PATH has it, else wherever it is. */
    Optional<String> prefix(String packageName) {
        return view.folders("AMENT_PREFIX_PATH").stream()
                .filter(prefix -> view.files().exists(prefix + "/" + INDEX + packageName))
                .findFirst()
                .or(() -> view.files().entries().stream()
                        .map(entry -> entry.path().absolute())
                        .filter(path -> path.endsWith("/" + INDEX + packageName))
                        .map(path -> path.substring(0, path.length() - packageName.length() - INDEX.length() - 1))
                        .sorted()
                        .findFirst());
    }

    /** The names of all ROS packages that AMENT_PREFIX_PATH leads to. */
    SortedSet<String> packages() {
        SortedSet<String> names = new TreeSet<>();
        view.folders("AMENT_PREFIX_PATH")
                .forEach(prefix -> names.addAll(view.files().list(prefix + "/" + INDEX)));
        return names;
    }

    /** The names of a package's programs, at any depth: as {@code ros2 run} looks for them. */
    SortedSet<String> programs(String prefix, String packageName) {
        SortedSet<String> names = new TreeSet<>();
        below(TreePath.parse(prefix + "/lib/" + packageName))
                .filter(path -> isProgram(path.absolute()))
                .forEach(path -> names.add(path.name()));
        return names;
    }

    /** The paths of a package's files, below its share folder: {@code ros2 launch} looks for a name at any depth. */
    List<TreePath> shared(String prefix, String packageName) {
        return below(TreePath.parse(prefix + "/share/" + packageName))
                .filter(path -> view.files().isFile(path.absolute()))
                .sorted()
                .toList();
    }

    private Stream<TreePath> below(TreePath folder) {
        return view.files().entries().stream().map(Entry::path).filter(path -> path.startsWith(folder));
    }
}
