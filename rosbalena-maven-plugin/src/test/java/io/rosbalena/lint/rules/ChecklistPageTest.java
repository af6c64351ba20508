package io.rosbalena.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The site's page of what a robot needs: each point once, and whatever it names is there. */
class ChecklistPageTest {
    private static final Path SITE = Path.of("../src/site/markdown");
    private static final Pattern ROW = Pattern.compile("\\| S\\d+ \\|.*");
    private static final Pattern RULE = Pattern.compile("RB\\d{3}");
    private static final Pattern LINK = Pattern.compile("\\]\\(([a-z-]+)\\.html\\)");
    private static final Pattern GOAL = Pattern.compile("`rosbalena:([a-z-]+)`");

    private record Row(String point, String serves, String tests) {
        static Row of(String line) {
            String[] cells = line.split(" *\\| *", -1);
            assertThat(cells).as(line).hasSize(6);
            return new Row(cells[1], cells[3], cells[4]);
        }
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(SITE.resolve("checklist.md")).stream()
                .filter(line -> ROW.matcher(line).matches())
                .map(Row::of)
                .toList();
    }

    @Test
    void eachPointStandsThereOnceInItsOrder() throws IOException {
        assertThat(rows())
                .extracting(Row::point)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 94).mapToObj(n -> "S" + n).toList());
    }

    @Test
    void whatServesAPointIsThere() throws IOException {
        String findings = sources("src/main/java");
        for (Row row : rows()) {
            assertThat(all(RULE, row.serves()))
                    .as(row.point())
                    .allSatisfy(id -> assertThat(findings).contains(id));
            assertThat(all(LINK, row.serves()))
                    .as(row.point())
                    .allSatisfy(page -> assertThat(SITE.resolve(page + ".md")).exists());
            assertThat(all(GOAL, row.serves()))
                    .as(row.point())
                    .allSatisfy(goal -> assertThat(findings).contains("@Mojo(name = \"" + goal + "\""));
        }
    }

    /** A point without test is one that is said not to be served yet. */
    @Test
    void aTestStandsBehindEachPoint() throws IOException {
        Set<String> known = new TreeSet<>();
        for (String root : List.of("src/test/java", "../it/src/test/java")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .forEach(name -> known.add(name.replace(".java", "")));
            }
        }
        for (Row row : rows()) {
            if (row.tests().equals("–")) {
                assertThat(row.serves()).as(row.point()).contains("not yet");
            } else {
                assertThat(known)
                        .as(row.point())
                        .containsAll(Arrays.asList(row.tests().split(", ", -1)));
            }
        }
    }

    private static List<String> all(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.groupCount() == 0 ? matcher.group() : matcher.group(1));
        }
        return found;
    }

    private static String sources(String root) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(ChecklistPageTest::text)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
