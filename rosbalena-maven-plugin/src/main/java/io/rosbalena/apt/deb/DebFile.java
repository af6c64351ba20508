package io.rosbalena.apt.deb;

import io.rosbalena.apt.xz.SizeLimit;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.tree.ArReader;
import io.rosbalena.tree.MalformedArchiveException;
import io.rosbalena.tree.Spool;
import io.rosbalena.tree.TarHeader;
import io.rosbalena.tree.TarReader;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Debian binary package, format 2 ({@code deb(5)}). Whatever is wrong with it ends as one finding {@code RB240}. Not
 * safe for use by several threads, but the contents of its data are.
 */
public final class DebFile implements Closeable {
    private static final long LARGEST_CONTROL = 64 << 20;
    private static final long SMALLEST_DATA_LIMIT = 64 << 20;

    /** No real package shrinks further; one that does was made to fill the disk. */
    private static final long LARGEST_RATIO = 250;

    private final Path path;
    private final String label;
    private final ControlArchive control;
    private final DataPlace place;
    private Optional<DebData> data = Optional.empty();

    private DebFile(Path path, String label, ControlArchive control, DataPlace place) {
        this.path = path;
        this.label = label;
        this.control = control;
        this.place = place;
    }

    /** Opens a package and reads its control member; it is named by its file's name in messages. */
    public static DebFile open(Path path) throws IOException {
        return open(path, String.valueOf(path.getFileName()));
    }

    /**
     * Opens a package and reads its control member.
     *
     * @param label how messages name it, since a file of the store has no telling name
     */
    public static DebFile open(Path path, String label) throws IOException {
        return open(path, label, DataPlace.PASSING);
    }

    /** @param place where its data is unpacked to */
    static DebFile open(Path path, String label, DataPlace place) throws IOException {
        Optional<ControlArchive> known = place.control();
        if (known.isPresent()) {
            return new DebFile(path, label, known.get(), place);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            ControlArchive control = control(in);
            place.keep(control);
            return new DebFile(path, label, control, place);
        } catch (MalformedArchiveException | IllegalArgumentException e) {
            throw refuse(label, e);
        }
    }

    public ControlArchive control() {
        return control;
    }

    /** The files, unpacked at the first call; readable until this package is closed. */
    public DebData data() throws IOException {
        if (data.isEmpty()) {
            try {
                data = Optional.of(place.data(this::unpack));
            } catch (MalformedArchiveException e) {
                throw refuse(label, e);
            }
        }
        return data.get();
    }

    @Override
    public void close() throws IOException {
        if (data.isPresent()) {
            place.letGo(data.get());
        }
    }

    private DebData unpack(Spool spool) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            return unpack(in, spool);
        }
    }

    private static ControlArchive control(InputStream in) throws IOException {
        ArReader archive = new ArReader(in);
        ArReader.Member member = seek(archive, "control.tar");
        try (InputStream unpacked = Compression.open(member, archive.content())) {
            return control(new TarReader(unpacked));
        }
    }

    private static ControlArchive control(TarReader tar) throws IOException {
        SortedMap<String, ControlArchive.Member> members = new TreeMap<>();
        long left = LARGEST_CONTROL;
        for (Optional<TarHeader> next = tar.next(); next.isPresent(); next = tar.next()) {
            TarHeader header = next.get();
            left -= header.size();
            if (left < 0) {
                throw new MalformedArchiveException("its control member unpacks to more than 64 MiB");
            }
            if (header.type() == TarHeader.Type.FILE) {
                String name = header.path().text();
                if (name.indexOf('/') >= 0) {
                    throw new MalformedArchiveException("its control member holds the directory of \"" + name + "\"");
                }
                members.put(name, new ControlArchive.Member(tar.content().readAllBytes(), header.mode()));
            } else if (header.type() != TarHeader.Type.DIRECTORY) {
                throw new MalformedArchiveException("its control member holds a link or device: " + header.path());
            }
        }
        ControlArchive.Member stanza = members.remove("control");
        if (stanza == null) {
            throw new MalformedArchiveException("it has no control file");
        }
        return new ControlArchive(ControlStanza.parse(stanza.text()), members);
    }

    private static DebData unpack(InputStream in, Spool spool) throws IOException {
        ArReader archive = new ArReader(in);
        seek(archive, "control.tar");
        ArReader.Member member = next(archive, "data.tar");
        long start = spool.size();
        Compression.unpack(
                member, archive.content(), spool, limit(Math.max(SMALLEST_DATA_LIMIT, member.size() * LARGEST_RATIO)));
        DebData data = DebData.of(spool, start);
        // Members behind the data are allowed; a truncated package is noticed here.
        while (archive.next().isPresent()) {
            archive.content().readAllBytes();
        }
        return data;
    }

    private static SizeLimit limit(long most) {
        return unpacked -> {
            if (unpacked > most) {
                throw new MalformedArchiveException("it unpacks to more than " + (most >> 20)
                        + " MiB, far more than a package of its size can hold");
            }
        };
    }

    private static ArReader.Member seek(ArReader archive, String wanted) throws IOException {
        ArReader.Member first = archive.next().orElseThrow(() -> new MalformedArchiveException("it is empty"));
        if (!first.name().equals("debian-binary")) {
            throw new MalformedArchiveException(
                    "its first member is \"" + first.name() + "\" where debian-binary is expected");
        }
        byte[] version = archive.content().readNBytes(2);
        if (version.length < 2 || version[0] != '2' || version[1] != '.') {
            throw new MalformedArchiveException("it is not of format 2, the only one that Debian uses");
        }
        return next(archive, wanted);
    }

    private static ArReader.Member next(ArReader archive, String wanted) throws IOException {
        Optional<ArReader.Member> next = archive.next();
        while (next.isPresent() && next.get().name().startsWith("_")) {
            next = archive.next();
        }
        ArReader.Member member =
                next.orElseThrow(() -> new MalformedArchiveException("its member " + wanted + " is missing"));
        if (!Compression.knows(member.name(), wanted)) {
            throw new MalformedArchiveException("its member \"" + member.name() + "\" stands where " + wanted
                    + " is expected (plain, .xz, .zst or .gz)");
        }
        return member;
    }

    /** The finding for something in this package that cannot be used. */
    FindingException refuse(MalformedArchiveException cause) {
        return refuse(label, cause);
    }

    private static FindingException refuse(String label, Exception cause) {
        Finding finding = Finding.error("RB240", "the package " + label + " cannot be used: " + cause.getMessage())
                .fix(
                        "it is damaged or was not made by dpkg-deb, nothing of it was unpacked; remove it from the archive or"
                                + " pin another version");
        return new FindingException(FindingException.Kind.INPUT, List.of(finding), cause);
    }
}
