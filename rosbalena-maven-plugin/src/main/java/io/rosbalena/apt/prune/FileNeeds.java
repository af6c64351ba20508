package io.rosbalena.apt.prune;

import io.rosbalena.apt.elf.ElfObject;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the files of a package need of others, as the files themselves say.
 *
 * @param libraries names that programs and shared objects are linked with
 * @param modules top-level Python modules that are imported, also where only some ways through a file lead
 */
public record FileNeeds(SortedSet<String> libraries, SortedSet<String> modules) {
    /** Enough for an import; a line of data may be megabytes long. */
    private static final int LONGEST_LINE = 4096;

    private static final Pattern IMPORT =
            Pattern.compile("\\s*(?:from\\s+(\\w+)[\\w.]*\\s+import\\b.*|import\\s+(.+))");

    public FileNeeds {
        libraries = Collections.unmodifiableSortedSet(new TreeSet<>(libraries));
        modules = Collections.unmodifiableSortedSet(new TreeSet<>(modules));
    }

    /** Reads the files of a package. */
    public static FileNeeds of(FileTree files) throws IOException {
        SortedSet<String> libraries = new TreeSet<>();
        SortedSet<String> modules = new TreeSet<>();
        for (Entry entry : files.entries()) {
            if (!entry.isFile()) {
                continue;
            }
            if (entry.path().name().endsWith(".py")) {
                imports(entry.content(), modules);
            } else {
                libraries.addAll(needed(entry.content()));
            }
        }
        return new FileNeeds(libraries, modules);
    }

    private static SortedSet<String> needed(Content content) throws IOException {
        Optional<ElfObject> object = ElfObject.read(content);
        try {
            return object.isPresent() ? new TreeSet<>(object.get().needed()) : new TreeSet<>();
        } catch (EOFException e) {
            // Its names lead out of the file: the loader does not take it either.
            return new TreeSet<>();
        }
    }

    private static void imports(Content content, SortedSet<String> modules) throws IOException {
        // Every byte is a character here: what encoding a file has does not matter for names of modules.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(content.open(), StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.length() <= LONGEST_LINE) {
                    imports(line, modules);
                }
            }
        }
    }

    /** The modules that a line of Python imports; relative imports need nothing of others. */
    private static void imports(String line, SortedSet<String> modules) {
        if (!line.contains("import")) {
            return;
        }
        for (String statement : line.split(";", -1)) {
            statement(statement, modules);
        }
    }

    private static void statement(String statement, SortedSet<String> modules) {
        Matcher matcher = IMPORT.matcher(statement);
        if (!matcher.matches()) {
            return;
        }
        if (matcher.group(1) != null) {
            modules.add(matcher.group(1));
            return;
        }
        for (String part : matcher.group(2).split(",", -1)) {
            String name = part.strip().split("[^\\w]", 2)[0];
            if (!name.isEmpty()) {
                modules.add(name);
            }
        }
    }
}
