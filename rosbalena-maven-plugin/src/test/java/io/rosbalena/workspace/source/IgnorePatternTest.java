package io.rosbalena.workspace.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IgnorePatternTest {
    private static final List<String> PATTERNS = List.of(
            "a",
            "/a",
            "a/",
            "/a/",
            "a/b",
            "/a/b",
            "a/b/",
            "*",
            "*.c",
            "/*.c",
            "a*",
            "*b",
            "?",
            "??",
            "a?c",
            "[ab]",
            "[!a]",
            "[^a]*",
            "[a-c]",
            "[]a]",
            "[a",
            "**",
            "**/",
            "**/b",
            "a/**",
            "a/**/c",
            "/**/c",
            "**a",
            "a**",
            "a**/c",
            "a/b**",
            "ab**/c",
            "a?**/c",
            "!a**",
            "a/**b/c",
            "x/*/c",
            "!a",
            "!b/",
            "!*.c",
            "!/a/b",
            "#a",
            "\\#a",
            "\\!a",
            "a ",
            "a\\ ",
            " a",
            "a\\",
            "\\a",
            "[[:alpha:]]",
            "[[:digit:]].c",
            "[\\]]",
            "a[/]b",
            "*/b",
            "/*/",
            "!*/",
            "a//b",
            "a+b",
            "(a)",
            "{a,b}",
            "a.c",
            "",
            "/",
            "//",
            "!",
            "***",
            "**/**",
            "a/***",
            "[z-a]",
            "[--0]",
            "[a-]");
    private static final List<String> NAMES =
            List.of("a", "b", "c", "ab", "abc", "a.c", "1.c", "#a", "!a", "a ", " a", "]", "-", "a+b", "(a)");

    @TempDir
    private Path folder;

    @Test
    void agreesWithGitOnManyPatterns() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "skipped: git is not installed");
        Random random = new Random(1);
        List<String> paths = paths(random);
        git("init -q .", "");
        Map<String, List<String>> wrong = new LinkedHashMap<>();
        for (String pattern : PATTERNS) {
            compare(pattern, paths, wrong);
        }
        for (int i = 0; i < 40; i++) {
            String several = IntStream.range(0, 2 + random.nextInt(3))
                    .mapToObj(any -> PATTERNS.get(random.nextInt(PATTERNS.size())))
                    .reduce((one, two) -> one + "\n" + two)
                    .orElseThrow();
            compare(several, paths, wrong);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void countsCharactersWhereGitCountsBytes() {
        assertThat(ignored(IgnoreFile.of(folder, "?"), "\u00e4")).isTrue();
        assertThat(ignored(IgnoreFile.of(folder, "\u00e4.?"), "x/\u00e4.c")).isTrue();
    }

    private void compare(String patterns, List<String> paths, Map<String, List<String>> wrong) throws Exception {
        Files.writeString(folder.resolve(".git/info/exclude"), patterns + "\n");
        String answer = git("check-ignore --no-index --stdin -z", String.join("\0", paths) + "\0");
        List<String> expected = answer.isEmpty() ? List.of() : List.of(answer.split("\0"));
        IgnoreFile file = IgnoreFile.of(folder, patterns);
        List<String> ours = paths.stream().filter(path -> ignored(file, path)).toList();
        if (!ours.equals(expected)) {
            List<String> different = new ArrayList<>(paths);
            different.removeIf(path -> ours.contains(path) == expected.contains(path));
            wrong.put(patterns, different);
        }
    }

    /** As a walk from the top sees it: nothing below an ignored folder is looked at. */
    private boolean ignored(IgnoreFile file, String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (file.ignores(folder.resolve(path.substring(0, slash)), true).orElse(false)) {
                return true;
            }
        }
        return file.ignores(folder.resolve(path), Files.isDirectory(folder.resolve(path)))
                .orElse(false);
    }

    private List<String> paths(Random random) throws IOException {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            StringBuilder path = new StringBuilder();
            for (int depth = random.nextInt(4); depth >= 0; depth--) {
                path.append(path.isEmpty() ? "" : "/").append(NAMES.get(random.nextInt(NAMES.size())));
            }
            Path target = folder.resolve(path.toString());
            try {
                Files.createDirectories(target.getParent());
            } catch (IOException e) {
                continue;
            }
            if (!Files.exists(target)) {
                Files.writeString(target, "");
            }
            paths.add(path.toString());
        }
        return paths.stream().distinct().toList();
    }

    private String git(String command, String input) throws Exception {
        List<String> line = new ArrayList<>(List.of("/usr/bin/git", "-c", "core.quotePath=false"));
        line.addAll(List.of(command.split(" ")));
        Process process = new ProcessBuilder(line).directory(folder.toFile()).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
