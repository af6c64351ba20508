package io.rosbalena.lint.secret;

import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks into the files of a tree for secrets, whatever the files are: keys stand in programs, too. */
public final class SecretScan {
    /** Bytes that are looked at together. */
    private static final int WINDOW = 1 << 20;

    /** Bytes that are looked at again with the next ones: no form needs more to be known. */
    private static final int OVERLAP = 1 << 15;

    /** A larger file holds no login alone. */
    private static final int LARGEST_LOGIN = 1 << 20;

    private SecretScan() {}

    /** The files of a tree that hold a secret, the first one of each, by path. */
    public static List<SecretHit> of(FileTree tree) throws IOException {
        List<SecretHit> hits = new ArrayList<>();
        for (Entry entry : tree.entries()) {
            if (entry.isFile()) {
                Optional<SecretHit> hit = login(entry);
                (hit.isPresent() ? hit : form(entry)).ifPresent(hits::add);
            }
        }
        return hits;
    }

    private static Optional<SecretHit> login(Entry entry) throws IOException {
        Optional<CredentialFile> kind = CredentialFile.of(entry.path().text());
        if (kind.isEmpty() || entry.size() > LARGEST_LOGIN) {
            return Optional.empty();
        }
        String text = new String(entry.content().bytes(), StandardCharsets.ISO_8859_1);
        int at = kind.get().in(text);
        return at < 0
                ? Optional.empty()
                : Optional.of(new SecretHit(
                        entry.path().absolute(),
                        1 + lines(text, at),
                        "a login, as " + kind.get().word() + " keeps it"));
    }

    private static Optional<SecretHit> form(Entry entry) throws IOException {
        // Most files are small, and there are thousands of them.
        int window = (int) Math.min(WINDOW, entry.size() + 1);
        byte[] bytes = new byte[(window < WINDOW ? 0 : OVERLAP) + window];
        int kept = 0;
        int line = 1;
        try (InputStream in = entry.content().open()) {
            while (true) {
                int read = in.readNBytes(bytes, kept, window);
                String text = new String(bytes, 0, kept + read, StandardCharsets.ISO_8859_1);
                Optional<SecretHit> hit = first(entry, text, line);
                if (hit.isPresent() || read < window) {
                    return hit;
                }
                int passed = text.length() - OVERLAP;
                line += lines(text, passed);
                System.arraycopy(bytes, passed, bytes, 0, OVERLAP);
                kept = OVERLAP;
            }
        }
    }

    private static Optional<SecretHit> first(Entry entry, String text, int line) {
        int first = -1;
        String word = "";
        for (SecretForm form : SecretForm.ALL) {
            int at = form.in(text, 0);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
                word = form.word();
            }
        }
        return first < 0
                ? Optional.empty()
                : Optional.of(new SecretHit(entry.path().absolute(), line + lines(text, first), word));
    }

    private static int lines(String text, int end) {
        return (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }
}
