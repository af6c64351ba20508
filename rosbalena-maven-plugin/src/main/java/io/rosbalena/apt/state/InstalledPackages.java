package io.rosbalena.apt.state;

import io.rosbalena.apt.Deb822;
import io.rosbalena.apt.Stanza;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The dpkg database of a base: which packages are there, and whose each file is. */
final class InstalledPackages {
    private static final String DPKG = "/var/lib/dpkg/";

    private final BaseFiles base;
    private final Map<String, InstalledPackage> packages = new LinkedHashMap<>();
    private Optional<Map<String, List<InstalledPackage>>> owners = Optional.empty();

    private InstalledPackages(BaseFiles base) {
        this.base = base;
    }

    static InstalledPackages of(BaseFiles base) throws IOException {
        InstalledPackages installed = new InstalledPackages(base);
        for (Stanza stanza : Deb822.parse(installed.text(DPKG + "status"))) {
            List<String> status = stanza.words("Status");
            if (status.size() == 3 && !status.get(2).equals("not-installed")) {
                InstalledPackage one = InstalledPackage.of(stanza);
                installed.packages.put(one.name() + " " + one.architecture(), one);
            }
        }
        return installed;
    }

    /**
     * What installing a package replaces: a package that was for all architectures may be for one now, or the other way
     * round.
     *
     * @param architecture that of the system
     */
    Optional<InstalledPackage> replacedBy(DebFacts facts, String architecture) {
        String other = facts.architecture().equals("all") ? architecture : "all";
        return Optional.ofNullable(packages.get(facts.name() + " " + facts.architecture()))
                .or(() -> Optional.ofNullable(packages.get(facts.name() + " " + other)));
    }

    /** The paths of a package in the order of its list, the root as {@code /.}. */
    List<String> files(InstalledPackage one) throws IOException {
        return text(list(one)).lines().filter(InstalledPackages::isPath).toList();
    }

    /** The list of an image may say anything. */
    private static boolean isPath(String line) {
        return line.startsWith("/") && !line.contains("/../") && !line.endsWith("/..");
    }

    /** Where the paths of a package are listed. */
    static String list(InstalledPackage one) {
        return DPKG + "info/" + one.qualifiedName() + ".list";
    }

    /** The names of a package's files in {@code info} by their last part, such as {@code md5sums}. */
    Map<String, String> info(InstalledPackage one) throws IOException {
        Map<String, String> names = new HashMap<>();
        for (String name : base.list(DPKG + "info")) {
            int dot = name.lastIndexOf('.');
            if (dot > 0 && name.substring(0, dot).equals(one.qualifiedName())) {
                names.put(name.substring(dot + 1), DPKG + "info/" + name);
            }
        }
        return names;
    }

    /** The packages that have a path, as they name it. */
    List<InstalledPackage> owners(String path) throws IOException {
        if (owners.isEmpty()) {
            Map<String, List<InstalledPackage>> all = new HashMap<>();
            for (InstalledPackage one : packages.values()) {
                for (String file : files(one)) {
                    all.computeIfAbsent(file, key -> new ArrayList<>(1)).add(one);
                }
            }
            owners = Optional.of(all);
        }
        return owners.get().getOrDefault(path, List.of());
    }

    private String text(String path) throws IOException {
        return new String(base.read(path).orElse(new byte[0]), StandardCharsets.UTF_8);
    }
}
