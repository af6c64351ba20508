package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes the symbols out of the programs and libraries that packages install, with the build root's own tools, so that a
 * robot gets small files and a moved comment changes none of them.
 *
 * <p>Left as they are: files without a symbol table, which somebody stripped before; what a linker makes programs from
 * (objects, static libraries); files for a processor that the root has no tools for, such as the firmware of a
 * microcontroller. What was compiled in the root is none of these: its compiler needs the same tools.
 */
final class SymbolSplit {
    private final Scratch scratch;
    private final Binutils binutils;
    private final List<Candidate> candidates = new ArrayList<>();
    private final LastLines said = new LastLines(50);

    private record Candidate(String packageName, Path file, String objcopy) {}

    /** For what was installed into the scratch folder. */
    SymbolSplit(BuildRoot root, Scratch scratch) {
        this.scratch = scratch;
        this.binutils = new Binutils(root);
    }

    /** Splits the files of several packages at once. The installed files themselves stay as they are. */
    void run(Collection<String> packages, Sandbox sandbox, BuildRoot root, CompileFlags flags)
            throws IOException, InterruptedException {
        for (String name : packages) {
            for (Path file : InstallCapture.walk(scratch.install().resolve(name))) {
                objcopy(file).ifPresent(tool -> candidates.add(new Candidate(name, file, tool)));
            }
        }
        if (candidates.isEmpty()) {
            return;
        }
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            list.append(candidate.objcopy())
                    .append('\0')
                    // From the folder of split files, wherever that stands.
                    .append("../install/")
                    .append(FileNames.text(scratch.install().relativize(candidate.file())))
                    .append('\0')
                    .append(i)
                    .append('\0');
        }
        Files.writeString(scratch.split().resolve(ColconCommand.SPLIT_LIST), list, StandardCharsets.UTF_8);
        DiskComplaint disk = new DiskComplaint(said);
        int status = sandbox.run(ColconCommand.split(root, flags, scratch), disk);
        if (status != 0) {
            disk.refuse(scratch.folder());
        }
    }

    /**
     * The files of a package that were split.
     *
     * @param findings gets RB420 for each that could not be
     */
    SortedMap<Path, SplitFile> of(String packageName, Findings findings) throws IOException {
        SortedMap<Path, SplitFile> split = new TreeMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            if (!candidate.packageName().equals(packageName)) {
                continue;
            }
            Path stripped = scratch.split().resolve(i + ".stripped");
            if (Files.isRegularFile(stripped, LinkOption.NOFOLLOW_LINKS)) {
                split.put(
                        candidate.file(),
                        SplitFile.seal(stripped, scratch.split().resolve(i + ".debug")));
            } else {
                findings.add(Finding.error(
                                "RB420",
                                "installs "
                                        + scratch.install().resolve(packageName).relativize(candidate.file())
                                        + ", whose symbols cannot be taken out")
                        .fix("if it is no program, pack it into an archive; a file that is stripped already stays as it"
                                + " is. It was said:\n" + String.join("\n", said.all()))
                        .inPackage(packageName));
            }
        }
        return split;
    }

    /** The tool for a file that is to be split. */
    private Optional<String> objcopy(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return open(channel)
                    .filter(elf ->
                            elf.isLinked() && elf.first(ElfFile.SHT_SYMTAB).isPresent())
                    .flatMap(binutils::objcopy);
        }
    }

    private static Optional<ElfFile> open(SeekableByteChannel channel) {
        try {
            return ElfFile.open(channel);
        } catch (IOException | IndexOutOfBoundsException e) {
            // A file that does not read as ELF is data.
            return Optional.empty();
        }
    }
}
