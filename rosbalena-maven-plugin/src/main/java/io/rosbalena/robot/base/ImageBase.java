package io.rosbalena.robot.base;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.Deb822;
import io.rosbalena.apt.Stanza;
import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.apt.index.Snapshots;
import io.rosbalena.apt.preference.Preferences;
import io.rosbalena.apt.preference.PreferencesReader;
import io.rosbalena.apt.source.AptFiles;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.state.BaseFiles;
import io.rosbalena.apt.state.FileFact;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.BaseImage;
import io.rosbalena.image.Layer;
import io.rosbalena.json.JsonValue;
import io.rosbalena.lock.LockedBase;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.rosdep.TargetOs;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.LayeredView;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A base that is an image made elsewhere. Its os-release, dpkg database, apt sources and keyrings describe the platform.
 *
 * @param project may name further apt sources
 * @param snapshots where the archives of its sources can be had as they were
 * @param from what was asked
 * @param image the image, all of it in the store
 * @param view its files
 */
record ImageBase(RobotProject project, Snapshots snapshots, String from, BaseImage image, LayeredView view)
        implements Base {
    private static final String STATUS = "/var/lib/dpkg/status";

    /** States in which a package can be used; triggers may still be to come. */
    private static final Set<String> INSTALLED = Set.of("installed", "triggers-pending", "triggers-awaited");

    @Override
    public boolean isAssembled() {
        return false;
    }

    @Override
    public Optional<TargetOs> os() throws IOException {
        Map<String, String> release = new HashMap<>();
        for (String line : text("/etc/os-release").split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                release.put(
                        line.substring(0, equals),
                        line.substring(equals + 1).replace("\"", "").strip());
            }
        }
        Optional<TargetOs> os = TargetOs.of(release);
        if (os.isEmpty()) {
            throw FindingException.input(Finding.error(
                            "RB723", "the base " + from + " is neither Debian nor Ubuntu: it has no os-release of them")
                    .at("pom.xml")
                    .fix("use a base such as ros:"
                            + project.target().rosDistro().orElse("humble") + "-ros-core"));
        }
        return os;
    }

    @Override
    public List<AptSource> sources() throws IOException {
        BaseSources sources = BaseSources.read(new ViewFiles(view), project);
        Findings findings = new Findings();
        sources.findings().forEach(finding -> findings.add(sources.explained(finding)));
        findings.throwIfErrors();
        if (sources.all().isEmpty()) {
            throw FindingException.input(Finding.error("RB724", "the base " + from + " has no apt sources")
                    .at("pom.xml")
                    .fix("put the keyrings of its archives into the project and add to pom.xml:\n"
                            + SourceStanzas.of(
                                    os().orElseThrow(),
                                    image.config().get("architecture").string())));
        }
        return sources.all();
    }

    @Override
    public FindingException explained(FindingException e) throws IOException {
        BaseSources sources = BaseSources.read(new ViewFiles(view), project);
        return new FindingException(
                e.kind(), e.findings().stream().map(sources::explained).toList(), e);
    }

    @Override
    public Preferences preferences(Findings findings) throws IOException {
        return PreferencesReader.read(new ViewFiles(view), findings);
    }

    @Override
    public List<Candidate> installed() throws IOException {
        List<Candidate> installed = new ArrayList<>();
        for (Stanza stanza : Deb822.parse(text(STATUS))) {
            // Whoever holds a package has it installed, too.
            if (stanza.words("Status").size() == 3
                    && INSTALLED.contains(stanza.words("Status").get(2))) {
                installed.add(Candidate.installed(stanza));
            }
        }
        return installed;
    }

    @Override
    public Set<String> held() throws IOException {
        Set<String> held = new TreeSet<>();
        for (Stanza stanza : Deb822.parse(text(STATUS))) {
            if (stanza.words("Status").contains("hold")) {
                stanza.get("Package").ifPresent(held::add);
            }
        }
        return held;
    }

    @Override
    public BaseFiles files() {
        return new BaseFiles() {
            @Override
            public Optional<byte[]> read(String path) throws IOException {
                return view.read(path);
            }

            @Override
            public List<String> list(String directory) {
                return view.list(directory);
            }

            @Override
            public Optional<FileFact> find(String path) {
                return view.findLink(path).map(FileFact::of);
            }
        };
    }

    /** Follows the base's links: a path of a package whose directory is a link there stands where the link leads. */
    @Override
    public PathRewrite rewrite() {
        return this::place;
    }

    private TreePath place(TreePath path) {
        if (path.isRoot()) {
            return path;
        }
        Optional<Entry> there = view.find(path.absolute());
        if (there.isPresent()) {
            return there.get().path();
        }
        return place(path.parent()).resolve(path.name());
    }

    @Override
    public List<Layer> layers() {
        return image.layers();
    }

    @Override
    public JsonValue config() {
        return image.config();
    }

    @Override
    public FileTree tree() {
        return view;
    }

    @Override
    public LockedBase locked() {
        return new LockedBase(
                from,
                Optional.of(image.manifest()),
                image.layers().stream().map(Layer::diffId).toList());
    }

    @Override
    public void close() throws IOException {
        view.close();
    }

    private String text(String path) throws IOException {
        return view.read(path)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
    }

    /** The base's files as apt sees them. */
    private record ViewFiles(LayeredView view) implements AptFiles {
        @Override
        public Optional<Content> find(String path) {
            return view.find(path).filter(Entry::isFile).map(Entry::content);
        }

        @Override
        public List<String> list(String folder) {
            return view.list(folder).stream()
                    .map(name -> folder + "/" + name)
                    .filter(path -> view.find(path).filter(Entry::isFile).isPresent())
                    .toList();
        }
    }
}
