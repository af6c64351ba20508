package io.rosbalena.lint.preflight;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.finding.Spelling;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code command} and {@code entrypoint} of a service name is in its image. */
public final class CommandCheck {
    /** Where nothing comes into being when a service runs. */
    private static final List<String> INSTALLED = List.of("/ros2_ws/install/", "/ros2_ws/python/", "/opt/ros/");

    private static final Pattern LAUNCH_FILE = Pattern.compile(".*launch.*\\.(py|xml|yaml|yml)");
    private static final Pattern SHELL = Pattern.compile("(.*/)?(ba|da)?sh");

    /** What can be read in a line of shell without being a shell. */
    private static final Pattern IN_SHELL = Pattern.compile(
            "(?:^|[\\s;&|(])ros2\\s+(run|launch)\\s+([A-Za-z0-9_]+)\\s+([A-Za-z0-9_./-]*[A-Za-z0-9_])(?=$|[\\s;&|)])");

    private static final int MOST_CANDIDATES = 8;

    private final ContainerView view;
    private final Offers offers;
    private final Findings findings;
    private final ImagePrograms image;

    private CommandCheck(ContainerView view, Offers offers, Findings findings) {
        this.view = view;
        this.offers = offers;
        this.findings = findings;
        this.image = new ImagePrograms(view);
    }

    /** A word of a command and the path of its place in the manifest. */
    private record Word(String text, String place) {}

    /**
     * Checks the command of a service.
     *
     * @param offers who has what is missing
     * @param findings gets RB434 to RB436
     */
    public static void check(ContainerView view, Offers offers, Findings findings)
            throws IOException, InterruptedException {
        List<Word> words = new ArrayList<>();
        for (String field : List.of("entrypoint", "command")) {
            List<String> texts = view.service().arguments(field).orElse(List.of());
            for (int i = 0; i < texts.size(); i++) {
                words.add(new Word(texts.get(i), field + "[" + i + "]"));
            }
        }
        if (!words.isEmpty()) {
            new CommandCheck(view, offers, findings).check(words);
        }
    }

    private void check(List<Word> words) throws IOException, InterruptedException {
        program(words.get(0));
        for (int i = 0; i < words.size(); i++) {
            String text = words.get(i).text();
            if (text.equals("ros2") && i + 1 < words.size()) {
                ros(words, i + 1);
            } else if (text.equals("--params-file") && i + 1 < words.size()) {
                file(words.get(i + 1), words.get(i + 1).text());
            } else if (text.startsWith("__params:=")) {
                file(words.get(i), text.substring("__params:=".length()));
            } else if (i > 0) {
                installed(words.get(i), text.substring(text.indexOf('=') + 1));
            }
        }
        if (words.size() > 2
                && SHELL.matcher(words.get(0).text()).matches()
                && words.get(1).text().matches("-[a-z]*c")) {
            Matcher matcher = IN_SHELL.matcher(words.get(2).text());
            while (matcher.find()) {
                ros(words.get(2), matcher.group(1), matcher.group(2), matcher.group(3));
            }
        }
    }

    private void program(Word word) throws IOException, InterruptedException {
        String name = word.text();
        if (name.contains("/")) {
            String path = view.absolute(name);
            if (!view.isOfImage(path) || image.isProgram(path)) {
                return;
            }
            boolean there = view.files().exists(path);
            tell(
                    word,
                    "RB434",
                    there ? path + " is no file that can be executed" : path + " is not in the image",
                    there
                            ? "give it mode 0755 (x-rosbalena.files: SRC:/ABS:0755), or name the program that reads it"
                            : meant(path.substring(path.lastIndexOf('/') + 1), image.names(), "the image's programs"));
            return;
        }
        if (view.folders("PATH").stream().anyMatch(folder -> !view.isOfImage(folder))) {
            return;
        }
        Collection<String> known = image.names();
        if (!known.contains(name)) {
            Optional<Offers.Offer> offer = offers.program(name);
            tell(
                    word,
                    "RB434",
                    "the image has no program " + name,
                    offer.map(Offers.Offer::fix).orElseGet(() -> meant(name, known, "the image's programs")));
        }
    }

    /** {@code ros2 run PACKAGE PROGRAM} and {@code ros2 launch PACKAGE FILE} with options of their own. */
    private void ros(List<Word> words, int verb) throws IOException, InterruptedException {
        String what = words.get(verb).text();
        if (!what.equals("run") && !what.equals("launch")) {
            return;
        }
        List<Word> named = new ArrayList<>();
        for (int i = verb + 1; i < words.size() && named.size() < 2; i++) {
            String text = words.get(i).text();
            if (!text.startsWith("-")) {
                named.add(words.get(i));
            } else if (List.of("--prefix", "--launch-prefix", "--launch-prefix-filter")
                    .contains(text)) {
                i++;
            }
        }
        if (named.isEmpty() || (what.equals("run") && named.size() < 2)) {
            return;
        }
        String first = named.get(0).text();
        boolean single = named.size() < 2 || named.get(1).text().contains(":=");
        if (what.equals("launch") && (single || first.contains("/"))) {
            file(named.get(0), first);
        } else {
            ros(named.get(0), named.get(1), what);
        }
    }

    private void ros(Word line, String verb, String packageName, String name) throws IOException, InterruptedException {
        ros(new Word(packageName, line.place()), new Word(name, line.place()), verb);
    }

    private void ros(Word packageWord, Word word, String verb) throws IOException, InterruptedException {
        String packageName = packageWord.text();
        Optional<String> prefix = image.prefix(packageName);
        if (prefix.isEmpty()) {
            Optional<Offers.Offer> offer = offers.rosPackage(packageName);
            tell(
                    packageWord,
                    "RB435",
                    "the image has no ROS package " + packageName,
                    offer.map(Offers.Offer::fix)
                            .orElseGet(() -> meant(packageName, image.packages(), "the image's packages")));
        } else if (verb.equals("run")) {
            Collection<String> programs = image.programs(prefix.get(), packageName);
            if (!programs.contains(word.text())) {
                tell(
                        word,
                        "RB435",
                        packageName + " has no program " + word.text(),
                        meant(word.text(), programs, "its programs"));
            }
        } else {
            launchFile(packageName, word, image.shared(prefix.get(), packageName));
        }
    }

    private void launchFile(String packageName, Word word, List<TreePath> shared) {
        List<TreePath> found =
                shared.stream().filter(path -> path.name().equals(word.text())).toList();
        if (found.isEmpty()) {
            tell(
                    word,
                    "RB435",
                    packageName + " has no launch file " + word.text(),
                    meant(
                            word.text().substring(word.text().lastIndexOf('/') + 1),
                            shared.stream()
                                    .map(TreePath::name)
                                    .filter(name -> LAUNCH_FILE.matcher(name).matches())
                                    .toList(),
                            "its launch files"));
        } else if (found.size() > 1) {
            tell(
                    word,
                    "RB435",
                    packageName + " has several files " + word.text() + ", and ros2 launch takes none of them",
                    "write the path of one: ros2 launch " + found.get(0).absolute());
        }
    }

    /** A file that is read when the service starts. */
    private void file(Word word, String name) {
        String path = view.absolute(name);
        if (view.isOfImage(path) && !view.files().isFile(path)) {
            missing(word, path);
        }
    }

    /** A file in an argument, where nothing but an installed one can stand. */
    private void installed(Word word, String path) {
        if (INSTALLED.stream().anyMatch(path::startsWith)
                && view.isOfImage(path)
                && !view.files().exists(path)) {
            missing(word, path);
        }
    }

    private void missing(Word word, String path) {
        String folder = path.substring(0, path.lastIndexOf('/'));
        String name = path.substring(path.lastIndexOf('/') + 1);
        tell(
                word,
                "RB436",
                path + " is not in the image",
                meant(name, view.files().list(folder.isEmpty() ? "/" : folder), "in its folder stand"));
    }

    /** What somebody may have meant: the nearest word, else all that there is. */
    private static String meant(String wanted, Collection<String> known, String what) {
        Optional<String> near = Spelling.nearest(wanted, known);
        if (near.isPresent()) {
            return "did you mean " + near.get() + "?";
        }
        if (known.isEmpty()) {
            return "correct it; there is nothing of the kind in the image";
        }
        return known.size() > MOST_CANDIDATES
                ? "correct it, or add what brings it"
                : "correct it; " + what + ": " + String.join(", ", known);
    }

    private void tell(Word word, String id, String message, String fix) {
        findings.add(view.service()
                .places()
                .of(word.place())
                .place(Finding.error(id, message).fix(fix))
                .inService(view.service().name()));
    }
}
