package io.rosbalena.apt.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a {@code preinst} or {@code postinst} for what it does at a first installation. It knows the commands that leave
 * something behind in a declared form, those that leave nothing behind in an image, and the branches that only an
 * upgrade or removal takes; every other line is unknown. Nothing is run.
 */
final class ScriptReader {
    private static final Set<String> DIVERSION_QUERIES = Set.of("--list", "--listpackage", "--truename");
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_]\\w*=.*", Pattern.DOTALL);
    private static final Set<String> KEYWORDS =
            Set.of("if", "elif", "then", "else", "while", "until", "do", "!", "{", "}");

    private final Map<String, String> variables = new HashMap<>();
    private final Set<String> functions = new HashSet<>();
    private final List<AccountRequest> accounts = new ArrayList<>();
    private final List<AlternativeCall> alternatives = new ArrayList<>();
    private final List<String> sysusers = new ArrayList<>();
    private final List<List<String>> statOverrides = new ArrayList<>();
    private final List<String> shells = new ArrayList<>();
    private final SortedMap<Integer, String> unknown = new TreeMap<>();
    private final Deque<ShellBranch> branches = new ArrayDeque<>();
    private final List<String> lines;
    private final Set<Integer> generated;
    private final String action;
    private boolean skipping;

    private ScriptReader(String name, String script, DebFacts facts) {
        lines = script.lines().toList();
        generated = DebhelperSections.harmless(lines);
        action = name.equals("preinst") ? "install" : "configure";
        variables.put("DPKG_ROOT", "");
        variables.put("DPKG_MAINTSCRIPT_PACKAGE", facts.name());
        variables.put("DPKG_MAINTSCRIPT_ARCH", facts.architecture());
    }

    /** Reads a script of a package. */
    static ScriptReading read(String name, String script, DebFacts facts) {
        ScriptReader reader = new ScriptReader(name, script, facts);
        List<ShellCommand> commands = ShellLexer.commands(script);
        commands.stream()
                .filter(command -> command.end().equals("(") && command.words().size() == 1)
                .forEach(command -> reader.functions.add(command.word(0)));
        commands.forEach(reader::command);
        return new ScriptReading(
                reader.accounts,
                reader.alternatives,
                reader.sysusers,
                reader.statOverrides,
                reader.shells,
                reader.unknown);
    }

    private void command(ShellCommand command) {
        ShellBranch open = branches.peek();
        if (open != null && open.pattern) {
            pattern(open, command);
            return;
        }
        ShellCommand rest = keywords(command);
        if (!rest.words().isEmpty() || !rest.written().isEmpty()) {
            simple(rest, command.words().contains("!"));
        }
        ShellBranch after = branches.peek();
        if (command.end().equals(";;") && after != null && after.isCase) {
            after.pattern = true;
            after.matches = false;
            after.never = false;
        }
    }

    /** {@code a|b)} of a case: on the script's first argument only the branch of a first installation counts. */
    private void pattern(ShellBranch open, ShellCommand command) {
        ShellCommand rest = command;
        if (rest.word(0).equals("esac")) {
            branches.pop();
            return;
        }
        for (String word : rest.words()) {
            String plain = ShellCommand.unquoted(word);
            open.matches |= plain.equals(action) || plain.equals("*") || plain.contains("$");
        }
        if (command.end().equals(")")) {
            open.pattern = false;
            open.never = open.onAction && !open.matches;
        }
    }

    private ShellCommand keywords(ShellCommand command) {
        ShellCommand rest = command;
        while (!rest.words().isEmpty()) {
            String word = rest.word(0);
            ShellBranch open = branches.peek();
            switch (word) {
                case "if" -> branches.push(new ShellBranch(false, false));
                case "then" -> {
                    if (open != null) {
                        open.begin();
                    }
                }
                case "else", "elif" -> {
                    if (open != null) {
                        open.otherwise(word.equals("elif"));
                    }
                }
                case "fi", "esac" -> branches.poll();
                case "done" -> {
                    return rest.from(rest.words().size());
                }
                case "case" -> {
                    boolean onAction = ShellCommand.unquoted(rest.word(1)).matches("\\$\\{?1}?|\\$action");
                    branches.push(new ShellBranch(true, onAction));
                    return caseHead(rest);
                }
                case "for" -> {
                    return rest.from(rest.words().size());
                }
                default -> {
                    if (!KEYWORDS.contains(word)) {
                        return rest;
                    }
                }
            }
            rest = rest.from(1);
        }
        return rest;
    }

    /** {@code case WORD in PATTERN)} on one line: the pattern is a command of its own to the lexer's eye. */
    private ShellCommand caseHead(ShellCommand command) {
        ShellBranch open = branches.peek();
        int in = command.words().indexOf("in");
        if (open != null && in >= 0 && in + 1 < command.words().size()) {
            pattern(open, command.from(in + 1));
        }
        return command.from(command.words().size());
    }

    private void simple(ShellCommand command, boolean negated) {
        ShellBranch open = branches.peek();
        boolean neverTrue = !negated && UpgradeOnly.test(command);
        boolean condition = open != null && open.condition;
        boolean pointless = condition && open.conjunction;
        if (condition) {
            open.test(neverTrue, command.end());
        }
        boolean skipped = skipping || pointless || branches.stream().anyMatch(branch -> branch.never);
        skipping = command.end().equals("&&") && !condition && (neverTrue || skipping);
        if (skipped || command.end().equals("(")) {
            return;
        }
        if (!understood(command) && !generated.contains(command.line())) {
            unknown.put(command.line(), lines.get(command.line() - 1).strip());
        }
    }

    private boolean understood(ShellCommand command) {
        if (ASSIGNMENT.matcher(command.word(0)).matches()) {
            for (int i = 0; i < command.words().size(); i++) {
                if (!ASSIGNMENT.matcher(command.word(i)).matches()) {
                    return understood(command.from(i));
                }
                assign(command.word(i));
            }
            return command.written().isEmpty();
        }
        // A wrapper of the script itself, in front of the command that it runs in the right root.
        ShellCommand inner =
                functions.contains(command.word(0)) && command.words().size() > 1 ? command.from(1) : command;
        return switch (inner.program()) {
            case "update-alternatives" -> alternative(inner);
            case "adduser", "addgroup", "useradd", "groupadd" -> account(inner);
            case "systemd-sysusers" -> sysusers(inner);
            case "dpkg-statoverride" -> statOverride(inner);
            case "dpkg-divert" -> inner.words().stream().anyMatch(DIVERSION_QUERIES::contains);
            case "add-shell" ->
                words(inner)
                        .filter(words -> words.size() > 1)
                        .map(words -> shells.addAll(words.subList(1, words.size())))
                        .isPresent();
            default -> command.written().isEmpty() && isHarmless(command);
        };
    }

    private boolean isHarmless(ShellCommand command) {
        return functions.contains(command.program()) || HarmlessCommands.contains(command);
    }

    private void assign(String word) {
        int equals = word.indexOf('=');
        String name = word.substring(0, equals);
        ShellCommand.expand(word.substring(equals + 1), variables)
                .ifPresentOrElse(value -> variables.put(name, value), () -> variables.remove(name));
    }

    private boolean alternative(ShellCommand command) {
        if (!command.words().contains("--install")) {
            return true;
        }
        return words(command)
                .flatMap(UpdateAlternatives::parse)
                .map(alternatives::add)
                .orElse(false);
    }

    private boolean account(ShellCommand command) {
        return words(command)
                .flatMap(AccountCommand::parse)
                .map(accounts::addAll)
                .isPresent();
    }

    private boolean sysusers(ShellCommand command) {
        command.words().stream()
                .skip(1)
                .map(ShellCommand::unquoted)
                .filter(word -> word.endsWith(".conf"))
                .forEach(word -> sysusers.add(word.substring(word.lastIndexOf('/') + 1)));
        return true;
    }

    private boolean statOverride(ShellCommand command) {
        if (command.words().contains("--list")) {
            return true;
        }
        Optional<List<String>> plain = words(command)
                .map(words -> words.stream()
                        .skip(1)
                        .filter(word -> !word.startsWith("--"))
                        .toList());
        if (plain.isEmpty() || plain.get().size() != 4 || !plain.get().get(2).matches("[0-7]{3,5}")) {
            return false;
        }
        List<String> words = plain.get();
        statOverrides.add(List.of(words.get(3), words.get(2), words.get(0), words.get(1)));
        return true;
    }

    private Optional<List<String>> words(ShellCommand command) {
        List<String> words = new ArrayList<>();
        for (String word : command.words()) {
            Optional<String> text = ShellCommand.expand(word, variables);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            words.add(text.get());
        }
        return Optional.of(words);
    }
}
