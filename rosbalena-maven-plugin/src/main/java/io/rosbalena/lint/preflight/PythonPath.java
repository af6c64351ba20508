package io.rosbalena.lint.preflight;

import io.rosbalena.lint.python.ExtensionModules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an interpreter of an image looks for modules ({@code sys.path}), and what it finds there. */
final class PythonPath {
    private static final Pattern INTERPRETER = Pattern.compile("(.*)/bin/python(3\\.[0-9]+)");

    private final ContainerView view;
    private final String version;
    private final String library;
    private final List<String> folders;
    private final Map<String, Set<String>> names = new HashMap<>();

    /**
     * A module that was found.
     *
     * @param file absolute path of its Python file; empty for a compiled one and for a folder without one
     * @param folders absolute paths of the folders that its submodules are searched in; none for what is no package
     */
    record Module(Optional<String> file, List<String> folders) {
        /** Nothing is known of what is in it. */
        static final Module OPAQUE = new Module(Optional.empty(), List.of());
    }

    private PythonPath(ContainerView view, String version, String library, List<String> folders) {
        this.view = view;
        this.version = version;
        this.library = library;
        this.folders = folders;
    }

    /**
     * Of an interpreter; empty where it cannot be known where that one looks.
     *
     * @param interpreter its absolute path
     */
    static Optional<PythonPath> of(ContainerView view, String interpreter) throws IOException {
        Optional<Matcher> python = view.files()
                .find(interpreter)
                .map(entry -> INTERPRETER.matcher(entry.path().absolute()))
                .filter(Matcher::matches);
        if (python.isEmpty() || view.environment().containsKey("PYTHONHOME")) {
            return Optional.empty();
        }
        String prefix = python.get().group(1);
        String version = python.get().group(2);
        String library = prefix + "/lib/python" + version;
        if (!view.files().isFile(library + "/os.py") || view.files().exists(prefix + "/pyvenv.cfg")) {
            return Optional.empty();
        }
        List<String> stated = view.folders("PYTHONPATH");
        boolean known = stated.stream()
                .allMatch(folder -> view.isOfImage(folder) && !view.files().isFile(folder));
        if (!known) {
            return Optional.empty();
        }
        Set<String> folders = new LinkedHashSet<>(stated);
        folders.add(library);
        folders.add(library + "/lib-dynload");
        // Of Debian, of Ubuntu, and of Python itself: more than any one of them looks into.
        for (String site : List.of(
                "/root/.local/lib/python" + version + "/site-packages",
                "/usr/local/lib/python" + version + "/dist-packages",
                prefix + "/local/lib/python" + version + "/dist-packages",
                prefix + "/lib/python3/dist-packages",
                library + "/dist-packages",
                library + "/site-packages")) {
            folders.add(site);
            folders.addAll(added(view, site));
        }
        return Optional.of(new PythonPath(view, version, library, List.copyOf(folders)));
    }

    /** The folders that {@code .pth} files of a folder add ({@code site}). */
    private static List<String> added(ContainerView view, String site) throws IOException {
        List<String> added = new ArrayList<>();
        for (String name : view.files().list(site)) {
            if (name.endsWith(".pth")) {
                byte[] text = view.files().read(site + "/" + name).orElse(new byte[0]);
                new String(text, StandardCharsets.UTF_8)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("import"))
                        .forEach(line -> added.add(line.startsWith("/") ? line : site + "/" + line));
            }
        }
        return added;
    }

    /** The same for a program whose own folder comes first. */
    PythonPath from(String folder) {
        List<String> all = new ArrayList<>(List.of(folder));
        all.addAll(folders);
        return new PythonPath(view, version, library, all);
    }

    /** Whether a file is one of Python's own library. */
    boolean isOwn(String file) {
        return file.startsWith(library + "/") && !file.contains("-packages/");
    }

    /** A module without dots in its name. */
    Optional<Module> find(String name) {
        Optional<Module> found = find(name, folders);
        if (found.isPresent()) {
            return found;
        }
        // setuptools brings it back at every start (distutils-precedence.pth).
        boolean known = ExtensionModules.has(name)
                || (name.equals("distutils") && find("_distutils_hack", folders).isPresent());
        return known ? Optional.of(Module.OPAQUE) : Optional.empty();
    }

    /** A module in some folders; a folder without a Python file counts only if nothing else does (PEP 420). */
    Optional<Module> find(String name, List<String> among) {
        List<String> spread = new ArrayList<>();
        for (String folder : among) {
            Set<String> there =
                    names.computeIfAbsent(folder, any -> Set.copyOf(view.files().list(any)));
            String path = folder + "/" + name;
            if (there.contains(name) && view.files().isFile(path + "/__init__.py")) {
                return Optional.of(new Module(real(path + "/__init__.py"), List.of(path)));
            }
            if (there.contains(name) && hasCompiled(path, "__init__")) {
                return Optional.of(Module.OPAQUE);
            }
            if (there.contains(name + ".py")) {
                return Optional.of(new Module(real(path + ".py"), List.of()));
            }
            if (hasCompiled(folder, name)) {
                return Optional.of(Module.OPAQUE);
            }
            if (there.contains(name) && !view.files().isFile(path)) {
                spread.add(path);
            }
        }
        return spread.isEmpty() ? Optional.empty() : Optional.of(new Module(Optional.empty(), spread));
    }

    /** The one path of a file, however it is reached. */
    private Optional<String> real(String path) {
        return view.files().find(path).map(entry -> entry.path().absolute());
    }

    /** What this version of Python takes as a compiled module ({@code importlib.machinery.all_suffixes}). */
    private boolean hasCompiled(String folder, String name) {
        Set<String> there =
                names.computeIfAbsent(folder, any -> Set.copyOf(view.files().list(any)));
        String tag = name + ".cpython-" + version.replace(".", "") + "-";
        return there.contains(name + ".so")
                || there.contains(name + ".abi3.so")
                || there.contains(name + ".pyc")
                || there.stream().anyMatch(file -> file.startsWith(tag) && file.endsWith(".so"));
    }
}
