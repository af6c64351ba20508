package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What cross-compiling leaves to do once a package is installed: no file may name the sysroot, which is not there on the
 * robot (ros2/ros2#1437: CMake files of message packages do), and none may be for the machine that compiled it.
 */
final class CrossResult {
    /** CMake and pkg-config files are a few kilobytes; a larger file is data. */
    private static final long LARGEST = 16L << 20;

    private final CrossCompile cross;
    private final ColconPackage unit;

    CrossResult(CrossCompile cross, ColconPackage unit) {
        this.cross = cross;
        this.unit = unit;
    }

    /** Mends the text files below a package's folder, which must not be captured yet. */
    void finish(Path folder, Findings findings) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        for (Path file : files) {
            if (!isMachineCode(file, FileNames.text(folder.relativize(file)), findings)) {
                strip(file);
            }
        }
    }

    private boolean isMachineCode(Path file, String place, Findings findings) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            Optional<ElfFile> elf = ElfFile.open(channel);
            elf.filter(any -> any.machine() != cross.machine().elf())
                    .ifPresent(other -> findings.add(Finding.error(
                                    "RB490",
                                    place + " is not for " + cross.machine().architecture()
                                            + ", which the package is compiled for")
                            .fix("let its build take the compilers that CMake names (CMAKE_C_COMPILER,"
                                    + " CMAKE_CXX_COMPILER; an ExternalProject must be given CMAKE_TOOLCHAIN_FILE),"
                                    + " or name the package in <emulate>, which compiles it by an emulator;"
                                    + " or build on a machine of that platform")
                            .at(unit.userPath("package.xml"))
                            .inPackage(unit.name())));
            return elf.isPresent();
        } catch (IOException e) {
            // What does not read as ELF is none.
            return false;
        }
    }

    private static void strip(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            return;
        }
        // Every byte is a character here, so that nothing else changes.
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (!text.contains(CrossCompile.SYSROOT) || text.indexOf('\0') >= 0) {
            return;
        }
        String stripped = text.replace(CrossCompile.SYSROOT + "/", "/").replace(CrossCompile.SYSROOT, "/");
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        // Aside, for the file itself may not be writable.
        Path aside = file.resolveSibling("." + file.getFileName() + ".stripped");
        Files.write(aside, stripped.getBytes(StandardCharsets.ISO_8859_1));
        Files.setPosixFilePermissions(aside, permissions);
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
