package io.rosbalena.wheel.layout;

import io.rosbalena.tree.Content;
import io.rosbalena.wheel.ProjectName;
import io.rosbalena.wheel.PythonVersion;
import io.rosbalena.wheel.WheelFilename;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The files of a wheel as they stand in it (PEP 427). Nothing of it is trusted: names stay inside, sizes are those that
 * were promised, and each file is the one that the wheel's own record lists.
 */
final class WheelArchive implements Closeable {
    private static final int MOST_FILES = 500_000;
    private static final long LARGEST = 16L << 30;
    private static final int METADATA_LIMIT = 4 << 20;
    private static final int RECORD_LIMIT = 128 << 20;
    private static final Pattern WHEEL_VERSION =
            Pattern.compile("(?mi)^Wheel-Version:[ \t]*([0-9]{1,9})\\.[0-9]+[ \t\r]*$");

    private final ZipFile zip;
    private final WheelProblem problem;
    private final SortedMap<String, Member> members = new TreeMap<>();
    private String distInfo = "";

    /**
     * A file of a wheel.
     *
     * @param name its path in the wheel
     * @param size bytes
     * @param executable whether the archive says that it may be executed
     * @param content its bytes, while the archive is open
     */
    record Member(String name, long size, boolean executable, Content content) {}

    private WheelArchive(ZipFile zip, WheelProblem problem) {
        this.zip = zip;
        this.problem = problem;
    }

    /**
     * Opens a wheel and looks at all that its directory says.
     *
     * @param filename its name, which tells project and version
     * @throws io.rosbalena.finding.FindingException RB285 to RB289 with everything that is wrong with it
     */
    static WheelArchive open(Path wheel, String filename) throws IOException {
        WheelProblem problem = new WheelProblem(filename);
        ZipFile zip;
        try {
            zip = ZipFile.builder()
                    .setPath(wheel)
                    .setUseUnicodeExtraFields(false)
                    .get();
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw problem.end("RB285", "is no zip archive: " + e.getMessage());
        }
        WheelArchive archive = new WheelArchive(zip, problem);
        try {
            archive.list();
            archive.identify(filename);
            return archive;
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private void list() {
        long total = 0;
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
            String name = entry.getName();
            if (entry.isDirectory()) {
                continue;
            }
            total += Math.max(0, entry.getSize());
            if (!isInside(name)) {
                problem.add("RB286", "has a file whose name leads out of it: " + name);
            } else if (entry.isUnixSymlink()) {
                problem.add("RB286", "has a symbolic link, which wheels cannot have: " + name);
            } else if (entry.getGeneralPurposeBit().usesEncryption() || !zip.canReadEntryData(entry)) {
                problem.add("RB285", "has a file that is encrypted or packed in an unknown way: " + name);
            } else if (members.put(name, member(entry)) != null) {
                problem.add("RB286", "has two files of one name: " + name);
            }
            if (members.size() > MOST_FILES || total > LARGEST) {
                throw problem.end("RB285", "has more than " + MOST_FILES + " files or " + LARGEST + " bytes");
            }
        }
        for (String name : members.keySet()) {
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                if (members.containsKey(name.substring(0, slash))) {
                    problem.add("RB286", "has a file that is a folder, too: " + name.substring(0, slash));
                }
            }
        }
        problem.throwIfAny();
    }

    private static boolean isInside(String name) {
        if (name.isEmpty() || name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            return false;
        }
        return List.of(name.split("/", -1)).stream()
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    private Member member(ZipArchiveEntry entry) {
        Content content = () -> new ExactStream(zip.getInputStream(entry), entry.getSize(), entry.getName());
        return new Member(entry.getName(), entry.getSize(), (entry.getUnixMode() & 0111) != 0, content);
    }

    /** Finds the folder of metadata, which must be of the project and version that the name of the wheel says. */
    private void identify(String filename) throws IOException {
        TreeSet<String> folders = new TreeSet<>();
        for (String name : members.keySet()) {
            int slash = name.indexOf('/');
            if (slash > 0 && name.substring(0, slash).endsWith(".dist-info")) {
                folders.add(name.substring(0, slash));
            }
        }
        if (folders.size() != 1) {
            throw problem.end("RB287", "has " + folders.size() + " folders .dist-info instead of one");
        }
        distInfo = folders.first();
        String stem = distInfo.substring(0, distInfo.length() - ".dist-info".length());
        int hyphen = stem.lastIndexOf('-');
        Optional<WheelFilename> name = WheelFilename.parse(filename);
        boolean same = hyphen > 0
                && name.isPresent()
                && ProjectName.normalize(stem.substring(0, hyphen))
                        .equals(name.get().project())
                && PythonVersion.parse(stem.substring(hyphen + 1).replace('_', '-'))
                        .equals(Optional.of(name.get().version()));
        if (!same) {
            problem.add("RB287", "holds " + distInfo + ", which is not what its name says");
        }
        Matcher version = WHEEL_VERSION.matcher(new String(metadata("WHEEL"), StandardCharsets.UTF_8));
        if (!version.find() || Integer.parseInt(version.group(1)) > 1) {
            problem.add("RB288", "has a file WHEEL of a format later than 1, or without a version");
        }
        problem.throwIfAny();
    }

    /** Name of the folder of metadata. */
    String distInfo() {
        return distInfo;
    }

    WheelProblem problem() {
        return problem;
    }

    /** All files by name. */
    SortedMap<String, Member> members() {
        return members;
    }

    Optional<Member> find(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /**
     * A small file of the metadata.
     *
     * @throws io.rosbalena.finding.FindingException RB285 if it is damaged, RB287 if it is missing or too large
     */
    byte[] metadata(String name) throws IOException {
        Optional<Member> member = find(distInfo + "/" + name);
        int limit = name.equals("RECORD") ? RECORD_LIMIT : METADATA_LIMIT;
        if (member.isEmpty() || member.get().size() > limit) {
            throw problem.end("RB287", "has no file " + distInfo + "/" + name + " of up to " + limit + " bytes");
        }
        try (InputStream in = member.get().content().open()) {
            return in.readAllBytes();
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw problem.end("RB285", "is damaged at " + distInfo + "/" + name + ": " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
