package io.rosbalena.robot.preflight;

import io.rosbalena.colcon.InstallTree;
import io.rosbalena.compose.FileCopy;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.LayerKind;
import io.rosbalena.lint.secret.AcceptedSecrets;
import io.rosbalena.lint.secret.SecretHit;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.service.OwnTrees;
import io.rosbalena.robot.service.ServiceImages;
import io.rosbalena.robot.service.TreePart;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.store.Remembered;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.yaml.Position;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * Looks for keys, tokens and passwords in what the project itself brings into images. Whatever is in an image, everybody
 * has who can pull it, and a later layer does not take it out. Packages of others hold keys that are no secrets: examples
 * and those of their tests.
 */
public final class SecretSearch {
    private final Robot robot;
    private final Surroundings surroundings;
    private final Findings findings;
    private final InstalledSource sources;
    private final AcceptedSecrets accepted;
    private final Set<String> used = new HashSet<>();
    private final Remembered<SecretStage.Searched, List<SecretHit>> memory;

    /** Services share packages. */
    private final Map<Digest, List<SecretHit>> known = new HashMap<>();

    /** @param findings gets what is found */
    public SecretSearch(Robot robot, Surroundings surroundings, Findings findings) {
        this.robot = robot;
        this.surroundings = surroundings;
        this.findings = findings;
        this.sources = new InstalledSource(robot);
        this.accepted = AcceptedSecrets.among(robot.project().manifest().accept());
        this.memory = new Remembered<>(new SecretStage(), surroundings.store());
    }

    /** Looks into the images of a platform; a tree that was looked into before is not looked into again. */
    public void search(ServiceImages images) throws IOException {
        for (RobotService service : robot.services()) {
            OwnTrees own = images.own(service.name());
            for (InstallTree tree : own.packages().values()) {
                installed(service, tree);
            }
            files(service, own.files());
        }
    }

    /** Tells which files the POM accepts that hold no secret. Called when all images were looked into. */
    public void unused() {
        for (String word : accepted.words()) {
            if (!used.contains(word)) {
                findings.add(Finding.warning(
                                "RB145",
                                "accept names " + word + ", and no image has a key, a token or a login in such a file")
                        .at("pom.xml")
                        .fix("remove it, or correct it: /PATH of a file in an image, or SERVICE:/PATH for one service"
                                + " alone"));
            }
        }
    }

    private void installed(RobotService service, InstallTree install) throws IOException {
        String name = install.packageName();
        SecretStage.Searched searched = new SecretStage.Searched(
                new KeyBuilder()
                        .add("package", name)
                        .add("content", install.contentDigest())
                        .build(),
                () -> install.tree(surroundings.store()));
        for (SecretHit hit : hits(searched)) {
            Position manifest = Position.of(
                    robot.workspace().find(name).map(RosPackage::file).orElse(name));
            Position place = sources.find(name, entry(searched.tree().get(), hit), hit.line())
                    .orElse(manifest);
            tell(service, hit, LayerKind.WORKSPACE, place, "the package " + name + " installs it", Optional.of(name));
        }
    }

    private void files(RobotService service, FileTree tree) throws IOException {
        SecretStage.Searched searched =
                new SecretStage.Searched(TreePart.of("files", tree).key(), () -> tree);
        for (SecretHit hit : hits(searched)) {
            Optional<FileCopy> copy = service.compose().extension().files().stream()
                    .filter(one -> (hit.path() + "/").startsWith(one.target().replaceFirst("/*$", "/")))
                    .findFirst();
            Position place = copy.map(FileCopy::position)
                    .orElseGet(() -> service.compose().places().of("x-rosbalena.files"));
            String who = copy.map(one -> "x-rosbalena.files copies it from " + one.source())
                    .orElse("the manifest brings it");
            tell(service, hit, LayerKind.FILES, place, who, Optional.empty());
        }
    }

    private List<SecretHit> hits(SecretStage.Searched searched) throws IOException {
        List<SecretHit> hits = known.get(searched.key());
        if (hits == null) {
            hits = memory.get(searched, surroundings.console()).value();
            known.put(searched.key(), hits);
        }
        return hits;
    }

    private void tell(
            RobotService service, SecretHit hit, LayerKind layer, Position place, String who, Optional<String> brings) {
        SortedSet<String> words = accepted.about(service.name(), hit.path());
        used.addAll(words);
        if (!words.isEmpty()) {
            return;
        }
        Finding finding = place.place(Finding.error(
                                "RB190",
                                hit.path() + " holds " + hit.what() + ", and everybody who can pull the image has it: "
                                        + who + " (layer: " + layer.name().toLowerCase(Locale.ROOT) + ")")
                        .fix("take it out, have it replaced where it is valid, and give the new one to the robot as a"
                                + " variable or on a volume; if it is meant, such as a key of a test, write <accept>"
                                + service.name() + ":" + hit.path() + "</accept> in the POM"))
                .inService(service.name());
        findings.add(brings.map(finding::inPackage).orElse(finding));
    }

    private static Entry entry(FileTree tree, SecretHit hit) {
        return tree.entries().stream()
                .filter(entry -> entry.path().absolute().equals(hit.path()))
                .findFirst()
                .orElseThrow();
    }
}
