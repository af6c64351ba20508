package io.rosbalena.apt.deb;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealPython;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyrightFileTest {
    private static final String FORMAT =
            "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: x\n\n";

    @TempDir
    private Path folder;

    @Test
    void licensesOfFilesEachOnce() {
        assertThat(CopyrightFile.licenses(FORMAT + """
                        Files: *
                        Copyright: someone
                        License: GPL-2+
                         This program is free software.
                         .
                         More.

                        files: a
                        Copyright: someone
                        license:   Expat  or BSD-3-clause

                        Files: debian/*
                        Copyright: someone
                        License: GPL-2+

                        License: LGPL-2.1
                         A text that no file has.
                        """)).containsExactly("GPL-2+", "Expat or BSD-3-clause");
    }

    @Test
    void textsAreNoNames() {
        assertThat(CopyrightFile.licenses(FORMAT + """
                        Files: a
                        License: Permission to use, copy, modify, and distribute this software

                        Files: b
                        License:
                         Redistribution and use

                        Files: c
                        License: GPL-3+ with Bison exception and ISC, or MIT/X11

                        Files: d
                        License: GPL-2 and
                        """))
                .containsExactly("GPL-3+ with Bison exception and ISC, or MIT/X11");
    }

    @Test
    void filesThatAreNotForMachinesClaimNothing() {
        assertThat(CopyrightFile.licenses("Files: *\nLicense: MIT\n")).isEmpty();
        assertThat(CopyrightFile.licenses("Format: text\n\nFiles: *\nLicense: MIT\n"))
                .isEmpty();
        assertThat(CopyrightFile.licenses("")).isEmpty();
        assertThat(CopyrightFile.licenses("free\n")).isEmpty();
    }

    @Test
    void isReadOffAPackageUnderItsOwnNameAlone() throws IOException {
        Path deb = SmallDeb.named(folder, "example")
                .file("usr/share/doc/example/copyright", FORMAT + "Files: *\nLicense: ISC\n")
                .file("usr/share/doc/other/copyright", FORMAT + "Files: *\nLicense: Zlib\n")
                .build();
        try (DebFile file = DebFile.open(deb)) {
            assertThat(file.data().entries().stream()
                            .filter(entry -> CopyrightFile.isThatOf("example", entry))
                            .map(entry -> entry.path().text()))
                    .containsExactly("usr/share/doc/example/copyright");
        }
    }

    /** On every different file of this machine; python3-debian cannot read those that are not in the format. */
    @Test
    void findsWhatPython3DebianFinds() throws IOException, InterruptedException {
        RealPython.require("debian.copyright");
        Map<String, String> files = new TreeMap<>();
        Set<String> texts = new HashSet<>();
        try (Stream<Path> docs = Files.list(Path.of("/usr/share/doc"))) {
            for (Path doc : (Iterable<Path>) docs::iterator) {
                Path file = doc.resolve("copyright");
                if (Files.isRegularFile(file)) {
                    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                    if (texts.add(text)) {
                        files.put(file.toString(), text);
                    }
                }
            }
        }
        JsonValue answer = RealPython.ask("debian_copyright.py", Map.of("files", files));
        int compared = 0;
        for (String name : files.keySet()) {
            Optional<JsonValue> theirs = answer.find(name);
            if (theirs.isPresent()) {
                compared++;
                assertThat(new TreeSet<>(CopyrightFile.licenses(files.get(name))))
                        .as(name)
                        .isEqualTo(new TreeSet<>(theirs.get().strings()));
            }
        }
        assertThat(compared).isGreaterThan(20);
    }
}
