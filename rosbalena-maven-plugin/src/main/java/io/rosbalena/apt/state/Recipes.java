package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.Ownership;
import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table of effects that maintainer scripts have and that no general rule finds. */
final class Recipes {
    private static final Recipes STANDARD = load();

    private final List<Recipe> recipes;
    private final Digest digest;
    private final Set<TreePath> sources;

    private Recipes(String table) {
        this.recipes = table.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Recipe::parse)
                .toList();
        this.digest = Digest.of(table);
        this.sources = recipes.stream()
                .filter(recipe -> recipe.action() == Recipe.Action.COPY)
                .map(recipe -> PathRewrite.DEBIAN.place(
                        TreePath.parse(recipe.arguments().get(0))))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What was done beside generated files. */
    record Applied(
            Map<String, Map<TreePath, Ownership>> ownerships, List<String> diversions, List<String> statOverrides) {}

    static Recipes standard() {
        return STANDARD;
    }

    /** Of the whole table. */
    Digest digest() {
        return digest;
    }

    /** The files whose contents are copied, at their place in an assembled system. */
    Set<TreePath> sources() {
        return sources;
    }

    /**
     * Does everything that these packages ask for, recipe by recipe.
     *
     * @param found recipes that were read off the packages' scripts
     */
    Applied apply(List<DebFacts> packages, List<Recipe> found, Accounts accounts, StateDraft draft) throws IOException {
        Applied applied = new Applied(new TreeMap<>(), new ArrayList<>(), new ArrayList<>());
        List<DebFacts> byName =
                packages.stream().sorted(Comparator.comparing(DebFacts::name)).toList();
        List<Recipe> all = new ArrayList<>(recipes);
        all.addAll(found);
        for (Recipe recipe : all) {
            for (DebFacts facts : byName) {
                Optional<List<String>> arguments = recipe.argumentsFor(facts.name());
                if (arguments.isPresent()) {
                    apply(recipe.action(), facts, arguments.get(), accounts, draft, applied);
                }
            }
        }
        return applied;
    }

    /** The choices of alternatives whose scripts cannot be read. */
    List<AlternativeCall> alternatives(List<DebFacts> packages) {
        List<AlternativeCall> calls = new ArrayList<>();
        for (Recipe recipe : recipes) {
            for (DebFacts facts : packages) {
                if (recipe.action() == Recipe.Action.ALTERNATIVE) {
                    recipe.argumentsFor(facts.name()).map(Recipes::alternative).ifPresent(calls::add);
                }
            }
        }
        return calls;
    }

    private static AlternativeCall alternative(List<String> arguments) {
        List<AlternativeCall.Follower> followers = new ArrayList<>();
        for (int i = 4; i + 2 < arguments.size(); i += 3) {
            followers.add(new AlternativeCall.Follower(arguments.get(i), arguments.get(i + 1), arguments.get(i + 2)));
        }
        return new AlternativeCall(
                arguments.get(0), arguments.get(1), arguments.get(2), Integer.parseInt(arguments.get(3)), followers);
    }

    private static void apply(
            Recipe.Action action,
            DebFacts facts,
            List<String> arguments,
            Accounts accounts,
            StateDraft draft,
            Applied applied)
            throws IOException {
        String path = arguments.get(0);
        String second = arguments.get(1);
        switch (action) {
            case COPY -> {
                Optional<byte[]> bytes = draft.read(path);
                if (bytes.isPresent() && !draft.existsItself(second)) {
                    Entry copy = Entry.file(TreePath.parse(second), 0644, bytes.get());
                    draft.put(
                            arguments.size() < 5
                                    ? copy
                                    : owned(
                                            copy.withMode(mode(arguments.get(2))),
                                            arguments.subList(1, arguments.size()),
                                            accounts));
                }
            }
            case DIRECTORY -> {
                if (!draft.exists(path)) {
                    draft.put(owned(Entry.directory(TreePath.parse(path), mode(second)), arguments, accounts));
                }
            }
            case LINK -> {
                if (!draft.existsItself(path)) {
                    draft.symlink(path, second);
                }
            }
            case LINK_EXISTING -> {
                String target = second.startsWith("/") ? second : path.substring(0, path.lastIndexOf('/') + 1) + second;
                if (!draft.existsItself(path) && draft.exists(target)) {
                    draft.symlink(path, second);
                }
            }
            case REPLACE_BY_LINK -> {
                if (draft.find(path).map(FileFact::kind).orElse(Entry.Kind.DIRECTORY) == Entry.Kind.DIRECTORY) {
                    draft.symlink(path, second);
                }
            }
            case FILE -> {
                if (!draft.existsItself(path)) {
                    String text = arguments.size() < 5
                            ? ""
                            : arguments
                                    .get(4)
                                    .replace("\\n", "\n")
                                    .replace("\\_", " ")
                                    .replace("\\t", "\t");
                    Entry file = Entry.file(TreePath.parse(path), mode(second), text.getBytes(StandardCharsets.UTF_8));
                    draft.put(owned(file, arguments, accounts));
                }
            }
            case OWN, STATOVERRIDE -> {
                Optional<TreePath> place = draft.resolve(path);
                if (place.isPresent() && draft.exists(path)) {
                    Ownership ownership =
                            new Ownership(mode(second), accounts.uid(arguments.get(2)), accounts.gid(arguments.get(3)));
                    applied.ownerships()
                            .computeIfAbsent(facts.name(), name -> new HashMap<>())
                            .put(place.get(), ownership);
                    if (action == Recipe.Action.STATOVERRIDE) {
                        applied.statOverrides()
                                .add(arguments.get(2) + " " + arguments.get(3) + " " + second + " " + path);
                    }
                }
            }
            case DIVERT -> applied.diversions().add(path + "\n" + second + "\n" + facts.name() + "\n");
            case ALTERNATIVE -> {
                // Done with those of the scripts.
            }
        }
    }

    private static Entry owned(Entry entry, List<String> arguments, Accounts accounts) {
        return entry.withOwner(accounts.uid(arguments.get(2)), accounts.gid(arguments.get(3)));
    }

    private static int mode(String octal) {
        return Integer.parseInt(octal, 8);
    }

    private static Recipes load() {
        try (InputStream in = Recipes.class.getResourceAsStream("recipes.txt")) {
            if (in == null) {
                throw new IllegalStateException("recipes.txt is missing from the plugin");
            }
            return new Recipes(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
