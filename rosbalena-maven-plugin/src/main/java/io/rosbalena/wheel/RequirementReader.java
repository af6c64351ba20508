package io.rosbalena.wheel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads requirements (PEP 508) from left to right. */
final class RequirementReader {
    private static final int LONGEST = 8192;
    private static final int DEEPEST = 50;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?");
    private static final Pattern VARIABLE = Pattern.compile("[a-z]+(?:[._][a-z]+)*");
    private static final Pattern OPERATOR =
            Pattern.compile("===|==|~=|!=|<=|>=|<|>|not\\s+in(?![A-Za-z0-9_.])|in(?![A-Za-z0-9_.])");

    private final String text;
    private int at;

    private RequirementReader(String text) {
        this.text = text;
    }

    /** Ends the reading of a text that is no requirement. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
    }

    static Optional<Requirement> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RequirementReader(text).requirement());
        } catch (Unreadable e) {
            // The text is no requirement: that is the answer.
            return Optional.empty();
        }
    }

    private Requirement requirement() throws Unreadable {
        String name = token(NAME);
        SortedSet<String> extras = new TreeSet<>();
        if (accept("[")) {
            while (!accept("]")) {
                if (!extras.isEmpty()) {
                    expect(",");
                }
                extras.add(ProjectName.normalize(token(NAME)));
            }
        }
        Optional<String> url = Optional.empty();
        VersionSpecifiers specifiers = VersionSpecifiers.parse("").orElseThrow();
        if (accept("@")) {
            url = Optional.of(address());
        } else {
            specifiers = specifiers();
        }
        Optional<Marker> marker = accept(";") ? Optional.of(alternatives(0)) : Optional.empty();
        blanks();
        if (at < text.length()) {
            throw new Unreadable();
        }
        return new Requirement(ProjectName.normalize(name), extras, specifiers, url, marker);
    }

    /** A marker behind an address needs a blank before it, since an address may hold a semicolon. */
    private String address() throws Unreadable {
        blanks();
        int end = at;
        while (end < text.length() && !isBlank(text.charAt(end))) {
            end++;
        }
        if (end == at) {
            throw new Unreadable();
        }
        String address = text.substring(at, end);
        at = end;
        return address;
    }

    private VersionSpecifiers specifiers() throws Unreadable {
        boolean inParentheses = accept("(");
        int end = at;
        while (end < text.length() && text.charAt(end) != ';' && text.charAt(end) != ')') {
            end++;
        }
        String part = text.substring(at, end);
        // An empty item between commas is a mistake, one behind the last comma is not.
        if (part.strip().startsWith(",") || part.replaceAll("\\s+", "").contains(",,")) {
            throw new Unreadable();
        }
        at = end;
        if (inParentheses) {
            expect(")");
        }
        return VersionSpecifiers.parse(part).orElseThrow(Unreadable::new);
    }

    private Marker alternatives(int depth) throws Unreadable {
        List<Marker> markers = new ArrayList<>(List.of(conjunction(depth)));
        while (word("or")) {
            markers.add(conjunction(depth));
        }
        return markers.size() == 1 ? markers.get(0) : new Marker.Any(markers);
    }

    private Marker conjunction(int depth) throws Unreadable {
        List<Marker> markers = new ArrayList<>(List.of(primary(depth)));
        while (word("and")) {
            markers.add(primary(depth));
        }
        return markers.size() == 1 ? markers.get(0) : new Marker.All(markers);
    }

    private Marker primary(int depth) throws Unreadable {
        if (depth > DEEPEST) {
            throw new Unreadable();
        }
        if (accept("(")) {
            Marker marker = alternatives(depth + 1);
            expect(")");
            return marker;
        }
        Marker.Operand left = operand();
        String operator = token(OPERATOR).replaceAll("\\s+", " ");
        Marker.Operand right = operand();
        if (left.isVariable() == right.isVariable() && !left.isVariable()) {
            throw new Unreadable();
        }
        return new Marker.Comparison(left, operator, right);
    }

    private Marker.Operand operand() throws Unreadable {
        blanks();
        char quote = at < text.length() ? text.charAt(at) : ' ';
        if (quote == '"' || quote == '\'') {
            int end = text.indexOf(quote, at + 1);
            if (end < 0) {
                throw new Unreadable();
            }
            String value = text.substring(at + 1, end);
            at = end + 1;
            return new Marker.Operand(value, false);
        }
        String variable = token(VARIABLE);
        boolean known = variable.equals("extra")
                || new MarkerEnvironment("3.0.0", "").value(variable).isPresent();
        if (!known) {
            throw new Unreadable();
        }
        return new Marker.Operand(variable, true);
    }

    private String token(Pattern pattern) throws Unreadable {
        blanks();
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw new Unreadable();
        }
        at = matcher.end();
        return matcher.group();
    }

    /** A word that no letter follows. */
    private boolean word(String word) {
        blanks();
        int end = at + word.length();
        boolean there =
                text.startsWith(word, at) && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
        at = there ? end : at;
        return there;
    }

    private boolean accept(String sign) {
        blanks();
        boolean there = text.startsWith(sign, at);
        at = there ? at + sign.length() : at;
        return there;
    }

    private void expect(String sign) throws Unreadable {
        if (!accept(sign)) {
            throw new Unreadable();
        }
    }

    private void blanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
