package io.rosbalena.apt.source;

import io.rosbalena.apt.Deb822;
import io.rosbalena.apt.Stanza;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads source files of both forms of {@code sources.list(5)}: deb822 paragraphs, and one {@code deb} line a source.
 * Disabled sources and source packages are passed over.
 */
public final class AptSourceReader {
    private static final Pattern ONE_LINE = Pattern.compile("(?m)^[ \\t]*deb(-src)?[ \\t]+(\\[|[a-z+]+:)");
    private static final Pattern LINE = Pattern.compile("(deb|deb-src)\\s+(?:\\[([^\\]]*)\\]\\s*)?(\\S+)\\s+(\\S.*)");
    private static final String HOW = "see sources.list(5) for the two forms of a source";

    private final Keyrings keyrings;
    private final AptSource.ThirdParties thirdParties;
    private final Findings findings;

    public AptSourceReader(AptFiles files, AptSource.ThirdParties thirdParties, Findings findings) {
        this.keyrings = new Keyrings(files, findings);
        this.thirdParties = thirdParties;
        this.findings = findings;
    }

    /**
     * Reads one file's text. What is wrong in it goes to the findings.
     *
     * @param file how messages call it
     * @throws IOException if a keyring cannot be read
     */
    public List<AptSource> read(String file, String text) throws IOException {
        return ONE_LINE.matcher(text).find() ? lines(file, text) : paragraphs(file, text);
    }

    private List<AptSource> paragraphs(String file, String text) throws IOException {
        List<AptSource> sources = new ArrayList<>();
        try {
            for (Stanza stanza : Deb822.parse(text)) {
                Map<String, String> options = new LinkedHashMap<>();
                stanza.fields().forEach(field -> options.put(field.name().toLowerCase(Locale.ROOT), field.raw()));
                source(file, stanza.line(), options).ifPresent(sources::add);
            }
        } catch (Deb822.SyntaxException e) {
            findings.add(Finding.error("RB200", "cannot read the source: " + e.getMessage())
                    .at(file, e.line())
                    .fix(HOW));
        }
        return sources;
    }

    private List<AptSource> lines(String file, String text) throws IOException {
        List<AptSource> sources = new ArrayList<>();
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.replaceFirst("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                findings.add(Finding.error("RB200", "cannot read the source line \"" + line + "\"")
                        .at(file, number)
                        .fix(HOW));
                continue;
            }
            source(file, number, options(matcher)).ifPresent(sources::add);
        }
        return sources;
    }

    /** The options of a line under the names that deb822 has for them ({@code sources.list(5)}, «Options»). */
    private static Map<String, String> options(Matcher line) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("types", line.group(1));
        options.put("uris", line.group(3));
        String[] words = line.group(4).split("\\s+", -1);
        options.put("suites", words[0]);
        options.put("components", String.join(" ", Arrays.asList(words).subList(1, words.length)));
        Optional.ofNullable(line.group(2)).stream()
                .flatMap(list -> Arrays.stream(list.strip().split("\\s+", -1)))
                .filter(option -> option.contains("="))
                .forEach(option -> {
                    String name = option.substring(0, option.indexOf('='));
                    String value = option.substring(option.indexOf('=') + 1).replace(',', ' ');
                    options.put(
                            switch (name) {
                                case "arch" -> "architectures";
                                case "arch+" -> "architectures-add";
                                case "arch-" -> "architectures-remove";
                                default -> name;
                            },
                            value);
                });
        return options;
    }

    private Optional<AptSource> source(String file, int line, Map<String, String> options) throws IOException {
        if (!words(options, "types").contains("deb") || switchedOff(options.getOrDefault("enabled", "yes"))) {
            return Optional.empty();
        }
        List<String> suites = words(options, "suites");
        List<String> components = words(options, "components");
        boolean flat = suites.stream().allMatch(AptSource::isFlat);
        Locations locations = Locations.of(words(options, "uris"));
        List<String> wrong = new ArrayList<>(locations.refused());
        if (locations.uris().isEmpty() && wrong.isEmpty()) {
            wrong.add("it names no URI");
        }
        if (suites.isEmpty()) {
            wrong.add("it names no suite");
        } else if (!flat && components.isEmpty()) {
            wrong.add("it names no component, for example main");
        } else if (suites.stream().anyMatch(AptSource::isFlat) && !components.isEmpty()) {
            wrong.add("a suite that ends with a slash is a flat archive, which has no components");
        }
        suites.stream()
                .filter(suite -> Arrays.asList(suite.split("/", -1)).contains(".."))
                .forEach(suite -> wrong.add("the suite \"" + suite + "\" leaves the archive"));
        for (String name : List.of("valid-until-min", "valid-until-max")) {
            if (!options.getOrDefault(name, "0").strip().matches("[0-9]{1,10}")) {
                wrong.add(name + " is no number of seconds");
            }
        }
        if (!wrong.isEmpty()) {
            Finding finding = Finding.error("RB200", "cannot use the source: " + String.join("; ", wrong))
                    .at(file, line)
                    .fix(HOW);
            findings.add(finding);
            return Optional.empty();
        }
        return Optional.of(new AptSource(
                file,
                line,
                locations.uris(),
                suites,
                components,
                words(options, "architectures"),
                words(options, "architectures-remove"),
                keyrings.read(options.getOrDefault("signed-by", ""), file, line),
                switchedOn(options.getOrDefault("trusted", "no")),
                new Validity(
                        !switchedOff(options.getOrDefault("check-valid-until", "yes")),
                        seconds(options, "valid-until-min"),
                        seconds(options, "valid-until-max"),
                        Optional.empty()),
                thirdParties));
    }

    /** A number of seconds; none and 0 say nothing, as for apt. */
    private static Optional<Duration> seconds(Map<String, String> options, String name) {
        return Optional.of(options.getOrDefault(name, "").strip())
                .filter(value -> value.matches("[0-9]{1,10}") && !value.matches("0+"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    private static List<String> words(Map<String, String> options, String name) {
        String value = options.getOrDefault(name, "").strip();
        return value.isEmpty() ? List.of() : List.of(value.split("\\s+", -1));
    }

    private static boolean switchedOn(String value) {
        return List.of("yes", "true", "on", "1").contains(value.strip().toLowerCase(Locale.ROOT));
    }

    private static boolean switchedOff(String value) {
        return List.of("no", "false", "off", "0").contains(value.strip().toLowerCase(Locale.ROOT));
    }
}
