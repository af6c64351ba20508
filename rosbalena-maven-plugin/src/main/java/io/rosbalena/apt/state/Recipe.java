package io.rosbalena.apt.state;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One effect of installing a package, a line of {@code recipes.txt}.
 *
 * @param packages names of the packages that have it
 * @param action what happens
 * @param arguments what the action needs; {@code $1} stands for the first group of {@code packages}
 */
record Recipe(Pattern packages, Action action, List<String> arguments) {
    /** What a recipe can do, with its fewest and most arguments. */
    enum Action {
        COPY(2, 5),
        DIRECTORY(4, 4),
        LINK(2, 2),
        LINK_EXISTING(2, 2),
        REPLACE_BY_LINK(2, 2),
        FILE(4, 5),
        OWN(4, 4),
        STATOVERRIDE(4, 4),
        DIVERT(2, 2),
        ALTERNATIVE(4, 100);

        private final int fewest;
        private final int most;

        Action(int fewest, int most) {
            this.fewest = fewest;
            this.most = most;
        }
    }

    Recipe {
        arguments = List.copyOf(arguments);
        if (arguments.size() < action.fewest || arguments.size() > action.most) {
            throw new IllegalArgumentException(action + " with " + arguments.size() + " arguments");
        }
    }

    static Recipe parse(String line) {
        String[] words = line.split(" +", -1);
        if (words.length < 2) {
            throw new IllegalArgumentException("not a recipe: " + line);
        }
        Action action = Action.valueOf(words[1].toUpperCase(Locale.ROOT).replace('-', '_'));
        return new Recipe(Pattern.compile(words[0]), action, List.of(words).subList(2, words.length));
    }

    /** The arguments for a package; empty if the recipe is not for it. */
    Optional<List<String>> argumentsFor(String packageName) {
        Matcher matcher = packages.matcher(packageName);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String group = matcher.groupCount() > 0 ? matcher.group(1) : "";
        return Optional.of(arguments.stream()
                .map(argument -> argument.replace("$1", group))
                .toList());
    }
}
