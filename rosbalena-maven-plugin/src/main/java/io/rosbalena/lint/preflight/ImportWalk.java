package io.rosbalena.lint.preflight;

import io.rosbalena.lint.python.PythonImport;
import io.rosbalena.lint.python.PythonModule;
import io.rosbalena.tree.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Follows the imports of a program: of the user's own files as far as they lead, of others one step. Where a file of the
 * user's has to do with how modules are found, nothing is known and nothing is said.
 */
final class ImportWalk {
    /** Knows what Python files say. */
    @FunctionalInterface
    interface Reader {
        PythonModule read(Entry file) throws IOException;
    }

    /**
     * A module that is not in the image.
     *
     * @param module its name, as far as it is missing
     * @param file absolute path of the user's file
     * @param line of the import in it
     * @param by absolute path of a file of somebody else's that this one imports and that imports the module; empty if
     *     the user's file does itself
     */
    record Lack(String module, String file, int line, Optional<String> by) {}

    private final ContainerView view;
    private final PythonPath path;
    private final Predicate<String> own;
    private final Reader reader;
    private final List<Lack> lacks = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<Place> open = new ArrayDeque<>();
    private boolean known = true;

    /**
     * A file of the user's that is run.
     *
     * @param file its absolute path
     * @param packageName the package that its relative imports start from; empty for a program
     * @param folders where that package has its submodules; none for a program
     */
    private record Place(String file, String packageName, List<String> folders) {}

    /** @param own whether a file, by its absolute path, is the user's */
    ImportWalk(ContainerView view, PythonPath path, Predicate<String> own, Reader reader) {
        this.view = view;
        this.path = path;
        this.own = own;
        this.reader = reader;
    }

    /** What a file that is run as a program lacks, at its own place or behind its imports. */
    List<Lack> ofFile(String file) throws IOException {
        if (own.test(file)) {
            open.add(new Place(file, "", List.of()));
            return walk();
        }
        PythonModule module = read(file);
        if (!module.dynamic()) {
            for (PythonImport one : module.imports()) {
                if (one.level() == 0 && path.find(one.top()).isEmpty()) {
                    lacks.add(new Lack(one.top(), file, one.line(), Optional.empty()));
                }
            }
        }
        return lacks;
    }

    /**
     * What a module lacks that a program declares to start with; of a module that is not there itself, a lack without a
     * file.
     */
    List<Lack> ofModule(String module) throws IOException {
        Optional<String> missing = resolve(module, "", 0);
        if (missing.isPresent()) {
            return List.of(new Lack(missing.get(), "", 0, Optional.empty()));
        }
        return walk();
    }

    private List<Lack> walk() throws IOException {
        while (!open.isEmpty()) {
            follow(open.remove());
        }
        return known ? lacks : List.of();
    }

    private PythonModule read(String file) throws IOException {
        Optional<Entry> entry = view.files().find(file).filter(Entry::isFile);
        return entry.isPresent() ? reader.read(entry.get()) : new PythonModule(List.of(), true);
    }

    private void follow(Place place) throws IOException {
        if (!seen.add(place.file())) {
            return;
        }
        PythonModule module = read(place.file());
        known &= !module.dynamic();
        for (PythonImport one : module.imports()) {
            if (one.level() == 0) {
                absolute(one, place);
            } else {
                relative(one, place);
            }
        }
    }

    private void absolute(PythonImport one, Place place) throws IOException {
        Optional<String> missing = resolve(one.module(), place.file(), one.line());
        if (missing.isPresent()) {
            lacks.add(new Lack(missing.get(), place.file(), one.line(), Optional.empty()));
        } else {
            names(one, one.module(), place);
        }
    }

    private void relative(PythonImport one, Place place) throws IOException {
        String name = place.packageName();
        for (int i = 1; i < one.level(); i++) {
            name = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        }
        if (name.isEmpty()) {
            // Of a program, or leading out of its package: Python says something else than that it lacks a module.
            return;
        }
        String module = one.module().isEmpty() ? name : name + "." + one.module();
        Optional<String> missing = resolve(module, place.file(), one.line());
        if (missing.isPresent()) {
            lacks.add(new Lack(missing.get(), place.file(), one.line(), Optional.empty()));
        } else {
            names(one, module, place);
        }
    }

    /** What is taken from a package may be a module of it. */
    private void names(PythonImport one, String module, Place place) throws IOException {
        Optional<PythonPath.Module> from = chain(module);
        if (from.isEmpty() || from.get().folders().isEmpty()) {
            return;
        }
        for (String name : one.names()) {
            if (path.find(name, from.get().folders()).isPresent()) {
                resolve(module + "." + name, place.file(), one.line());
            } else if (from.get().file().filter(own).isPresent()
                    && !name.equals("*")
                    && !mentions(from.get().file().get(), name)) {
                lacks.add(new Lack(module + "." + name, place.file(), one.line(), Optional.empty()));
            }
        }
    }

    /** Whether a name may be defined in a file: whether the word stands in it at all, or anything may. */
    private boolean mentions(String file, String name) throws IOException {
        PythonModule module = read(file);
        boolean anything = module.dynamic()
                || module.imports().stream().anyMatch(one -> one.names().contains("*"));
        String text = new String(view.files().read(file).orElse(new byte[0]), StandardCharsets.ISO_8859_1);
        return anything
                || text.contains("__getattr__")
                || text.contains("globals")
                || Pattern.compile("(?<!\\w)" + Pattern.quote(name) + "(?!\\w)")
                        .matcher(text)
                        .find();
    }

    /** A module by its whole name; empty where it cannot be told. */
    private Optional<PythonPath.Module> chain(String module) {
        Optional<PythonPath.Module> found = Optional.empty();
        for (String part : module.split("\\.", -1)) {
            found = found.isEmpty()
                    ? path.find(part)
                    : path.find(part, found.get().folders());
            if (found.isEmpty()) {
                return found;
            }
        }
        return found;
    }

    /**
     * Imports a module with the packages around it.
     *
     * @param by the user's file that does
     * @return the name that leads nowhere; empty if none does, as far as can be told
     */
    private Optional<String> resolve(String module, String by, int line) throws IOException {
        Optional<PythonPath.Module> outer = Optional.empty();
        StringBuilder name = new StringBuilder();
        for (String part : module.split("\\.", -1)) {
            String packageName = name.toString();
            name.append(name.isEmpty() ? "" : ".").append(part);
            Optional<PythonPath.Module> found = outer.isEmpty()
                    ? path.find(part)
                    : path.find(part, outer.get().folders());
            if (found.isEmpty()) {
                return outer.isEmpty() || isWhole(outer.get()) ? Optional.of(name.toString()) : Optional.empty();
            }
            visit(found.get(), packageName, name.toString(), by, line);
            outer = found;
        }
        return Optional.empty();
    }

    /** Whether a package has no other modules than those in its folders. */
    private boolean isWhole(PythonPath.Module outer) throws IOException {
        return !outer.folders().isEmpty()
                && (outer.file().isEmpty() || !read(outer.file().get()).dynamic());
    }

    private void visit(PythonPath.Module module, String packageName, String name, String by, int line)
            throws IOException {
        if (module.file().isEmpty()) {
            return;
        }
        String file = module.file().get();
        if (own.test(file)) {
            open.add(new Place(file, module.folders().isEmpty() ? packageName : name, module.folders()));
        } else if (!by.isEmpty() && !path.isOwn(file) && seen.add(file)) {
            PythonModule foreign = read(file);
            for (PythonImport one : foreign.dynamic() ? List.<PythonImport>of() : foreign.imports()) {
                if (one.level() == 0 && path.find(one.top()).isEmpty()) {
                    lacks.add(new Lack(one.top(), by, line, Optional.of(file)));
                }
            }
        }
    }
}
