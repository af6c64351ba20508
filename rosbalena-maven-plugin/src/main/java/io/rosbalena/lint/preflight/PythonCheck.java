package io.rosbalena.lint.preflight;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.finding.Severity;
import io.rosbalena.lint.python.PythonModule;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TreePath;
import io.rosbalena.yaml.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the Python programs and launch files of the workspace's packages import is in the image. */
public final class PythonCheck {
    private static final String PYTHON = "/usr/bin/python3";
    private static final TreePath WHEEL_PROGRAMS = TreePath.parse("ros2_ws/python/bin");

    private final ContainerView view;
    private final Reading reading;
    private final Offers offers;
    private final Findings findings;
    private final Map<String, Part> owners = new HashMap<>();
    private final Map<String, Optional<PythonPath>> paths = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    /** What is known of files. */
    public interface Reading {
        /** What a Python file says. */
        PythonModule read(Entry file) throws IOException;

        /** Where the workspace has a file that a package installs; empty where it has none that is the same. */
        Optional<Position> source(String packageName, Entry installed, int line) throws IOException;
    }

    private PythonCheck(ContainerView view, Reading reading, Offers offers, Findings findings) {
        this.view = view;
        this.reading = reading;
        this.offers = offers;
        this.findings = findings;
    }

    /**
     * Checks the programs and launch files of some parts.
     *
     * @param offers who has what is missing
     * @param findings gets RB437 to RB439 and RB443
     */
    public static void check(ContainerView view, List<Part> parts, Reading reading, Offers offers, Findings findings)
            throws IOException, InterruptedException {
        PythonCheck check = new PythonCheck(view, reading, offers, findings);
        for (Part part : parts) {
            part.files()
                    .entries()
                    .forEach(entry -> check.owners.put(entry.path().absolute(), part));
        }
        for (Part part : parts) {
            for (PythonPrograms.Program program : PythonPrograms.of(part)) {
                check.program(part, program);
            }
        }
        for (Part part : parts) {
            for (TreePath file : PythonPrograms.launchFiles(part)) {
                check.launchFile(part, file);
            }
        }
        check.wheelProgram();
    }

    private void program(Part part, PythonPrograms.Program program) throws IOException, InterruptedException {
        String file = program.file().absolute();
        Severity severity =
                program.declared().isPresent() || isNamed(program.file()) ? Severity.ERROR : Severity.WARNING;
        Optional<String> interpreter = found(program.interpreter());
        if (interpreter.isEmpty()) {
            Optional<Offers.Offer> offer = offers.program(
                    program.interpreter().substring(program.interpreter().lastIndexOf('/') + 1));
            tell(
                    part,
                    "RB443 " + program.interpreter(),
                    finding(
                                    severity,
                                    "RB443",
                                    file + " is started by " + program.interpreter() + ", which is not in the image")
                            .fix(offer.map(Offers.Offer::fix).orElse("declare the key python3 as an <exec_depend>")));
            return;
        }
        Optional<PythonPath> path = path(interpreter.get());
        if (path.isEmpty()) {
            return;
        }
        PythonPath from = path.get().from(program.file().parent().absolute());
        if (program.declared().isEmpty()) {
            tell(part, "RB438", severity, walk(from).ofFile(file));
            return;
        }
        PythonPrograms.Declared declared = program.declared().get();
        List<ImportWalk.Lack> lacks = walk(from).ofModule(declared.module());
        boolean started = lacks.stream().noneMatch(lack -> lack.file().isEmpty());
        if (started) {
            tell(part, "RB438", severity, lacks);
            function(part, program.file(), declared, from);
        } else {
            tell(
                    part,
                    "RB437 " + file,
                    Finding.error(
                                    "RB437",
                                    file + " starts " + declared.module() + ", and the image has no module "
                                            + lacks.get(0).module())
                            .fix("correct console_scripts in setup.py, or add the package to packages=[…] there"));
        }
    }

    /** The program of a wheel that the service starts: what it imports of its own wheel, and what that imports. */
    private void wheelProgram() throws IOException, InterruptedException {
        String field = view.service().arguments("entrypoint").isPresent() ? "entrypoint" : "command";
        List<String> words = view.service().arguments(field).orElse(List.of());
        Optional<PythonPath> path = path(PYTHON);
        Optional<TreePath> program = (words.isEmpty() ? Optional.<String>empty() : found(words.get(0)))
                .flatMap(view.files()::find)
                .map(Entry::path)
                .filter(file -> file.startsWith(WHEEL_PROGRAMS));
        if (path.isPresent() && program.isPresent()) {
            String file = program.get().absolute();
            ImportWalk walk =
                    new ImportWalk(view, path.get(), one -> one.equals(file) || owners.containsKey(one), reading::read);
            Part place = new Part(Optional.empty(), view.service().places().of(field + "[0]"), new MemoryTree());
            tell(place, "RB438", Severity.ERROR, walk.ofFile(file));
        }
    }

    /** Whether a module may have what a program calls: whether the word stands in it at all. */
    private void function(Part part, TreePath program, PythonPrograms.Declared declared, PythonPath path)
            throws IOException {
        Optional<PythonPath.Module> module = path.find(declared.module().replaceFirst("\\..*", ""));
        for (String name : declared.module().contains(".")
                ? List.of(declared.module().replaceFirst("[^.]*\\.", "").split("\\.", -1))
                : List.<String>of()) {
            module = module.flatMap(outer -> path.find(name, outer.folders()));
        }
        Optional<String> file = module.flatMap(PythonPath.Module::file).filter(owners::containsKey);
        if (file.isEmpty() || declared.function().isEmpty()) {
            return;
        }
        String text = new String(view.files().read(file.get()).orElse(new byte[0]), StandardCharsets.ISO_8859_1);
        Pattern word = Pattern.compile(
                "(?<!\\w)(" + Pattern.quote(declared.function()) + "|globals|__getattr__|import\\s+\\*)(?!\\w)");
        if (!word.matcher(text).find() && !text.contains("import *")) {
            tell(
                    part,
                    "RB437 " + program,
                    Finding.error(
                                    "RB437",
                                    program.absolute() + " calls " + declared.function() + " of " + declared.module()
                                            + ", which does not have it")
                            .fix("correct console_scripts in setup.py"));
        }
    }

    private void launchFile(Part part, TreePath file) throws IOException, InterruptedException {
        Optional<PythonPath> path = path(PYTHON);
        boolean named = isNamed(file);
        // Where nothing can read launch files, those that no command names are none of the image's business.
        if (path.isPresent() && (named || path.get().find("launch").isPresent())) {
            tell(
                    part,
                    "RB439",
                    named ? Severity.ERROR : Severity.WARNING,
                    walk(path.get()).ofFile(file.absolute()));
        }
    }

    private ImportWalk walk(PythonPath path) {
        return new ImportWalk(view, path, owners::containsKey, reading::read);
    }

    /** Whether a command says the name of a file. */
    private boolean isNamed(TreePath file) {
        Pattern word = Pattern.compile("(?<![\\w.-])" + Pattern.quote(file.name()) + "(?![\\w.-])");
        return List.of("entrypoint", "command").stream()
                .flatMap(field -> view.service().arguments(field).orElse(List.of()).stream())
                .anyMatch(text -> word.matcher(text).find());
    }

    /** The program at a path, or the first of a name in PATH; empty if the image has none. */
    private Optional<String> found(String name) {
        List<String> places = new ArrayList<>();
        if (name.contains("/")) {
            places.add(name);
        } else {
            view.folders("PATH").forEach(folder -> places.add(folder + "/" + name));
        }
        return places.stream()
                .filter(place -> !view.isOfImage(place) || view.files().isFile(place))
                .findFirst();
    }

    private Optional<PythonPath> path(String interpreter) throws IOException {
        Optional<PythonPath> known = paths.get(interpreter);
        if (known == null) {
            known = PythonPath.of(view, interpreter);
            paths.put(interpreter, known);
        }
        return known;
    }

    private void tell(Part part, String id, Severity severity, List<ImportWalk.Lack> lacks)
            throws IOException, InterruptedException {
        for (ImportWalk.Lack lack : lacks) {
            Part owner = Optional.ofNullable(owners.get(lack.file())).orElse(part);
            Optional<Position> source = source(owner, lack);
            String top = lack.module().replaceFirst("\\..*", "");
            Optional<Offers.Offer> offer = offers.module(top, owner.packageName());
            String where = source.isPresent() ? "" : lack.file() + ":" + lack.line() + " ";
            String what = lack.by()
                    .map(by -> "imports " + by + ", which imports " + lack.module())
                    .orElse("imports " + lack.module());
            Finding finding = finding(severity, id, where + what + ", and the image has no such module")
                    .fix(offer.map(one -> one.fix()
                                    + (source.isPresent() && owner.packageName().isPresent()
                                            ? " (" + owner.place().file() + ")"
                                            : ""))
                            .orElse("nothing that is locked or compiled has it: declare the key that brings it as an"
                                    + " <exec_depend>; keys of Python modules are mostly called python3-" + top));
            if (source.isPresent()) {
                if (told.add(id + source.get() + lack.module())) {
                    findings.add(inService(owner, source.get().place(finding)));
                }
            } else {
                tell(owner, id + lack.file() + lack.module(), finding);
            }
        }
    }

    private Optional<Position> source(Part owner, ImportWalk.Lack lack) throws IOException {
        Optional<Entry> entry = view.files().find(lack.file());
        return owner.packageName().isPresent() && entry.isPresent()
                ? reading.source(owner.packageName().get(), entry.get(), lack.line())
                : Optional.empty();
    }

    private static Finding finding(Severity severity, String id, String message) {
        return severity == Severity.ERROR ? Finding.error(id, message) : Finding.warning(id, message);
    }

    private void tell(Part part, String key, Finding finding) {
        if (told.add(key + part.place())) {
            findings.add(inService(part, part.place().place(finding)));
        }
    }

    private Finding inService(Part part, Finding finding) {
        Finding inService = finding.inService(view.service().name());
        return part.packageName().map(inService::inPackage).orElse(inService);
    }
}
