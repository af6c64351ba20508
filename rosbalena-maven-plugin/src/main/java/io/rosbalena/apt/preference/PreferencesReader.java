package io.rosbalena.apt.preference;

import io.rosbalena.apt.Deb822;
import io.rosbalena.apt.Stanza;
import io.rosbalena.apt.source.AptFiles;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads {@code /etc/apt/preferences}, {@code /etc/apt/preferences.d} and the default release of {@code apt.conf(5)}, as
 * {@code apt_preferences(5)} and apt's {@code policy.cc} have them.
 */
public final class PreferencesReader {
    private static final String FOLDER = "/etc/apt/preferences.d";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.pref)?");
    private static final Pattern NUMBER = Pattern.compile("\\s*([+-]?[0-9]{1,9}).*", Pattern.DOTALL);
    private static final Pattern DEFAULT_RELEASE =
            Pattern.compile("(?:^|[\\s;{:])Default-Release\\s+\"?([^\";\\s]+)\"?\\s*;");

    private final AptFiles files;
    private final Findings findings;
    private final List<Pin> pins = new ArrayList<>();

    private PreferencesReader(AptFiles files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    /** Reads all files; what is wrong in them goes to the findings. */
    public static Preferences read(AptFiles files, Findings findings) throws IOException {
        PreferencesReader reader = new PreferencesReader(files, findings);
        reader.file("/etc/apt/preferences");
        for (String path : files.list(FOLDER)) {
            if (NAME.matcher(path.substring(FOLDER.length() + 1)).matches()) {
                reader.file(path);
            }
        }
        return new Preferences(reader.pins, reader.defaultRelease());
    }

    private Optional<String> text(String path) throws IOException {
        var content = files.find(path);
        return content.isEmpty()
                ? Optional.empty()
                : Optional.of(new String(content.get().bytes(), StandardCharsets.UTF_8));
    }

    private Optional<String> defaultRelease() throws IOException {
        List<String> paths = new ArrayList<>(files.list("/etc/apt/apt.conf.d"));
        paths.add("/etc/apt/apt.conf");
        Optional<String> release = Optional.empty();
        for (String path : paths) {
            String bare =
                    text(path).orElse("").replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)(//|#).*$", "");
            Matcher matcher = DEFAULT_RELEASE.matcher(bare);
            while (matcher.find()) {
                release = Optional.of(matcher.group(1));
            }
        }
        return release;
    }

    private void file(String path) throws IOException {
        Optional<String> text = text(path);
        if (text.isEmpty()) {
            return;
        }
        try {
            for (Stanza stanza : Deb822.parse(text.get())) {
                record(path, stanza);
            }
        } catch (Deb822.SyntaxException e) {
            wrong(path, e.line(), "cannot read the file: " + e.getMessage());
        }
    }

    private void record(String path, Stanza stanza) {
        Optional<String> name = stanza.get("Package").filter(value -> !value.isEmpty());
        if (name.isEmpty()) {
            wrong(path, stanza.line(), "a record has no Package");
            return;
        }
        Optional<Stanza.Field> pin = stanza.field("Pin");
        if (pin.isEmpty()) {
            return;
        }
        int priority = priority(stanza.get("Pin-Priority").orElse(""));
        boolean general = name.get().equals("*");
        if (priority == 0 || (priority == Pin.NEVER && !general)) {
            wrong(
                    path,
                    pin.get().line(),
                    priority == 0
                            ? "a pin has no Pin-Priority between -32768 and 32767, or 0"
                            : "Pin-Priority: never is for records of Package: * alone");
            return;
        }
        try {
            Optional<PinMatch> match = PinMatch.parse(pin.get().value())
                    .filter(any -> !general || !PinMatch.isOfVersions(pin.get().value()));
            if (match.isEmpty()) {
                wrong(
                        path,
                        pin.get().line(),
                        "apt does not understand the pin \"" + pin.get().value() + "\"");
            } else if (general) {
                pins.add(new Pin(Optional.empty(), match.get(), priority));
            } else {
                for (String word : name.get().split("\\s+", -1)) {
                    pins.add(new Pin(Optional.of(PinName.parse(word)), match.get(), priority));
                }
            }
        } catch (PatternSyntaxException e) {
            wrong(path, stanza.line(), "a record has a malformed expression: " + e.getDescription());
        }
    }

    /** 0 for what is no priority. */
    private static int priority(String text) {
        if (text.equals("never")) {
            return Pin.NEVER;
        }
        Matcher number = NUMBER.matcher(text);
        int value = number.matches() ? Integer.parseInt(number.group(1)) : 0;
        return value < Short.MIN_VALUE || value > Short.MAX_VALUE ? 0 : value;
    }

    private void wrong(String path, int line, String what) {
        findings.add(Finding.warning("RB310", what + "; it is passed over")
                .at(path, line)
                .fix("correct the base's preferences, see apt_preferences(5)"));
    }
}
