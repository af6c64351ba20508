package io.rosbalena.bench;

import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockReader;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The robots that are built, and stores for them. */
final class Robots {
    private static final String PACKAGES =
            "[ca-certificates, curl, dbus, openssh-client, procps, python3-numpy, python3-yaml]";

    private static final String CAMERAS = "[apt, ca-certificates, dbus, fontconfig, fonts-dejavu, less, libblas3,"
            + " openssh-client, perl, procps, python3-lxml, python3-numpy, python3-opencv, python3-yaml, rdma-core,"
            + " tzdata, xz-utils]";

    private final Workplace workplace;

    Robots(Workplace workplace) {
        this.workplace = workplace;
    }

    /** A robot of one service that has Debian packages alone, about 140 with the base; locked and built. */
    Path packages() throws IOException, InterruptedException {
        return withPackages("packages", PACKAGES);
    }

    /** The same robot with one package more. */
    Path onePackageMore() throws IOException, InterruptedException {
        return withPackages("more", PACKAGES.replace("]", ", less]"));
    }

    /** A robot with cameras, of some 440 Debian packages with the base; locked and built. */
    Path cameras() throws IOException, InterruptedException {
        return withPackages("cameras", CAMERAS);
    }

    private Path withPackages(String name, String packages) throws IOException, InterruptedException {
        return built(name, """
                version: "2.4"
                services:
                  main:
                    build: ./src
                    command: [date, "+%s.%N"]
                    restart: "no"
                    x-rosbalena:
                      apt: PACKAGES
                """.replace("PACKAGES", packages));
    }

    /** The example robot, locked and built. */
    Path courier() throws IOException, InterruptedException {
        Path project = workplace.folder().resolve("courier");
        Workplace.copy(workplace.courier(), project);
        return built(project);
    }

    private Path built(String name, String manifest) throws IOException, InterruptedException {
        Path project = workplace.folder().resolve(name);
        Files.createDirectories(project.resolve("src"));
        workplace.configureJava(project);
        Files.writeString(project.resolve("pom.xml"), pom(name, workplace.version(), ""));
        Files.writeString(project.resolve("docker-compose.yml"), manifest);
        return built(project);
    }

    private Path built(Path project) throws IOException, InterruptedException {
        workplace.maven(project, workplace.store(), "rosbalena:build").run();
        return project;
    }

    /**
     * A robot's POM.
     *
     * @param configuration parameters besides those that all have
     */
    static String pom(String name, String version, String configuration) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>io.rosbalena.bench</groupId>
                  <artifactId>NAME</artifactId>
                  <version>1</version>
                  <packaging>rosbalena</packaging>
                  <build>
                    <plugins>
                      <plugin>
                        <groupId>io.rosbalena</groupId>
                        <artifactId>rosbalena-maven-plugin</artifactId>
                        <version>VERSION</version>
                        <extensions>true</extensions>
                        <configuration>
                          <from>apt</from>
                          <rosDistro>humble</rosDistro>
                          <platforms>PLATFORM</platforms>
                CONFIGURATION
                        </configuration>
                      </plugin>
                    </plugins>
                  </build>
                </project>
                """.replace("NAME", name)
                .replace("VERSION", version)
                .replace("PLATFORM", "linux/" + architecture())
                .replace("CONFIGURATION", configuration);
    }

    /** This machine's, in Debian's words. */
    static String architecture() {
        return System.getProperty("os.arch").replace("aarch64", "arm64");
    }

    /** All that the lock of a robot pins for this machine. */
    static LockedPlatform locked(Path project) throws IOException {
        Path file = project.resolve("rosbalena.lock");
        Lock lock = LockReader.read(file.toString(), Files.readAllBytes(file));
        return lock.platforms().values().iterator().next();
    }

    /** Bytes of the compressed layers of a robot's images. */
    static long layers(Path project) throws IOException, InterruptedException {
        long bytes = 0;
        for (Path layer : blobs(project)) {
            bytes += Files.size(layer);
        }
        return bytes;
    }

    /** Bytes that the same layers have when gzip compresses them at its level 6. */
    static long gzipped(Path project) throws IOException, InterruptedException {
        long bytes = 0;
        for (Path layer : blobs(project)) {
            Path packed = Files.createTempFile("layer", ".gz");
            new Command("sh", "-c", "gzip -dc \"$0\" | gzip -6n > \"$1\"", layer.toString(), packed.toString()).run();
            bytes += Files.size(packed);
            Files.delete(packed);
        }
        return bytes;
    }

    /** What is compressed among the blobs of the images. */
    private static List<Path> blobs(Path project) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(project.resolve("target/rosbalena/images/blobs/sha256"))) {
            for (Path blob : (Iterable<Path>) all::iterator) {
                try (InputStream in = Files.newInputStream(blob)) {
                    if (in.read() == 0x1f && in.read() == 0x8b) {
                        found.add(blob);
                    }
                }
            }
        }
        return found;
    }

    /** A store that holds downloaded packages and nothing that was made from them. */
    Path cold(List<LockedPackage> packages) throws IOException, InterruptedException {
        Path store = workplace.empty("cold");
        Path blobs = Files.createDirectories(store.resolve("blobs/sha256"));
        for (LockedPackage one : packages) {
            String name = one.sha256().hex();
            Files.createLink(blobs.resolve(name), blob(one));
        }
        return store;
    }

    /** The downloaded packages as a local apt archive; apt's source line for it. */
    String archive(String name, List<LockedPackage> packages) throws IOException, InterruptedException {
        Path archive = workplace.empty(name);
        for (LockedPackage one : packages) {
            Files.createLink(archive.resolve(Path.of(one.filename()).getFileName()), blob(one));
        }
        new Command("sh", "-c", "apt-ftparchive packages . >Packages")
                .in(archive)
                .run();
        // "copy", since a chroot without mounts does not see a "file".
        return "deb [trusted=yes] copy:" + archive + " ./";
    }

    private Path blob(LockedPackage one) {
        return workplace.store().resolve("blobs/sha256").resolve(one.sha256().hex());
    }
}
