package io.rosbalena.apt.state;

import io.rosbalena.tree.Content;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an ldconfig signs the caches that it writes: a text that stands in the program, for example {@code ldconfig (Debian
 * GLIBC 2.36-9) stable release version 2.36}.
 */
final class LoaderGenerator {
    private static final Pattern SIGNATURE = Pattern.compile("ldconfig \\([ -'*-~]+\\) [a-z]+ release version [0-9.]+");
    private static final Pattern PROGRAM = Pattern.compile("(usr/)?sbin/ldconfig(\\.real)?");

    private LoaderGenerator() {}

    static boolean isLdconfig(TreePath path) {
        return PROGRAM.matcher(path.text()).matches();
    }

    static Optional<String> find(Content program) throws IOException {
        Matcher matcher = SIGNATURE.matcher(new String(program.bytes(), StandardCharsets.ISO_8859_1));
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
