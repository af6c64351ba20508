package io.rosbalena.apt.index;

import io.rosbalena.apt.Deb822;
import io.rosbalena.apt.Stanza;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.store.Digest;
import io.rosbalena.transfer.NotFoundException;
import io.rosbalena.transfer.Transfer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Release file of an unsigned archive that has none, or one without SHA-256 sums: made from its indexes as they are,
 * so that the lock holds them by digests all the same. Old sums are compared where there are some, since they find what
 * broke on the way.
 */
final class MadeRelease {
    /** An unsigned archive is one that somebody keeps at hand; Debian's own main is 50 MB unpacked. */
    private static final long LIMIT = 128L << 20;

    private static final Set<String> REPLACED =
            Set.of("md5sum", "sha1", "sha256", "sha512", "acquire-by-hash", "architectures");
    private static final Map<String, String> OLD_SUMS = Map.of("SHA1", "SHA-1", "MD5Sum", "MD5");
    private static final List<String> PACKED = List.of(".xz", ".gz", "");

    private final Repository repository;
    private final String architecture;
    private final Transfer transfer;
    private final Optional<Stanza> original;

    private MadeRelease(Repository repository, String architecture, Transfer transfer, Optional<Stanza> original) {
        this.repository = repository;
        this.architecture = architecture;
        this.transfer = transfer;
        this.original = original;
    }

    /**
     * Makes the file.
     *
     * @param original the text of the archive's own file; empty if it has none
     * @throws NotFoundException if there is no index either
     * @throws IOException if an index cannot be read, or is not the one that the archive's own file means
     */
    static byte[] make(Repository repository, String architecture, Transfer transfer, String original)
            throws IOException {
        return new MadeRelease(
                        repository,
                        architecture,
                        transfer,
                        Deb822.parse(original).stream().findFirst())
                .make();
    }

    private byte[] make() throws IOException {
        StringBuilder text = new StringBuilder();
        original.ifPresent(stanza -> stanza.fields().stream()
                .filter(field -> !REPLACED.contains(field.name().toLowerCase(Locale.ROOT)))
                .forEach(field -> text.append(field.name())
                        .append(": ")
                        .append(field.value())
                        .append('\n')));
        if (original.flatMap(stanza -> stanza.get("Date")).isEmpty()) {
            text.append("Date: Thu, 01 Jan 1970 00:00:00 +0000\n");
        }
        if (original.isEmpty() && !AptSource.isFlat(repository.suite())) {
            text.append("Suite: ").append(repository.suite()).append('\n');
        }
        text.append("SHA256:\n");
        for (String index : indexes()) {
            text.append(line(index));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private List<String> indexes() {
        return AptSource.isFlat(repository.suite())
                ? List.of("Packages")
                : repository.components().stream()
                        .map(component -> component + "/binary-" + architecture + "/Packages")
                        .toList();
    }

    private String line(String index) throws IOException {
        NotFoundException missing = new NotFoundException(repository.file(index));
        for (String suffix : PACKED) {
            String path = index + suffix;
            try {
                byte[] bytes = transfer.read(repository.file(path), LIMIT);
                compare(path, bytes);
                return " " + Digest.of(bytes).hex() + " " + bytes.length + " " + path + "\n";
            } catch (NotFoundException e) {
                missing = e;
            }
        }
        throw missing;
    }

    private void compare(String path, byte[] bytes) throws IOException {
        for (Map.Entry<String, String> sums : OLD_SUMS.entrySet()) {
            for (String[] words : sums(sums.getKey())) {
                if (words[2].equals(path) && !words[0].equalsIgnoreCase(hash(sums.getValue(), bytes))) {
                    throw new IOException(path + " does not have the " + sums.getKey() + " that it lists");
                }
            }
        }
    }

    private List<String[]> sums(String field) {
        List<String[]> lines = new ArrayList<>();
        for (String line :
                original.flatMap(stanza -> stanza.get(field)).orElse("").split("\n", -1)) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length == 3) {
                lines.add(words);
            }
        }
        return lines;
    }

    private static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
