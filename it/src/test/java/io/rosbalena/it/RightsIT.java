package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that the user who builds may not write or read is told once, with its place and what to do. */
class RightsIT {
    private final FirstCourier first = FirstCourier.get();

    private Path clone;
    private Path store;

    @BeforeEach
    void takeAStoreOfDownloads() throws IOException {
        clone = first.again("rights");
        Projects.folder("stores/rights");
        store = first.downloads("rights");
        for (String folder : List.of("tmp", "roots", "results", "locks")) {
            Files.createDirectories(store.resolve(folder));
        }
    }

    /** Runs a build as a user whom permissions bind; root is one without the capabilities that pass them by. */
    private NestedMaven.Result build() throws IOException, InterruptedException {
        NestedMaven maven = NestedMaven.in(clone).store(store).with("-o", "-Drosbalena.locked");
        if (Program.isRoot()) {
            Program.require("setpriv");
            maven.under("setpriv", "--bounding-set=-dac_override,-dac_read_search");
        }
        return maven.run("package").failed();
    }

    private NestedMaven.Result refused(Path where, String permissions) throws IOException, InterruptedException {
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(where);
        Files.setPosixFilePermissions(where, PosixFilePermissions.fromString(permissions));
        try {
            return build();
        } finally {
            Files.setPosixFilePermissions(where, before);
        }
    }

    private void assertTold(NestedMaven.Result result, Path where) {
        assertThat(result.output())
                .contains("error RB741 this user may not read or write " + where)
                .contains("give the file or its folder to the user who builds")
                .doesNotContain("\tat ", "    at ")
                .containsOnlyOnce("error RB");
        assertThat(clone.resolve("target/rosbalena/docker-compose.yml")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tmp", "results", "roots", "locks", "."})
    void aFolderThatCannotBeWritten(String name) throws IOException, InterruptedException {
        Path folder = store.resolve(name).normalize();
        if (name.equals(".")) {
            Files.delete(store.resolve("locks"));
        }
        assertTold(refused(folder, "r-xr-xr-x"), folder);
    }

    @Test
    void aPackageThatCannotBeRead() throws IOException, InterruptedException {
        Path blob;
        try (Stream<Path> blobs = Files.list(store.resolve("blobs/sha256"))) {
            blob = blobs.filter(one -> one.toFile().length() > 1000)
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        assertTold(refused(blob, "---------"), blob);
    }
}
