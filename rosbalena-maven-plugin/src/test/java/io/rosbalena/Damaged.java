package io.rosbalena;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts that nobody wrote with care. */
public final class Damaged {
    private Damaged() {}

    /** Pieces in any order and number. */
    public static Arbitrary<String> pieces(List<String> pieces) {
        return Arbitraries.oneOf(
                        Arbitraries.of(pieces), Arbitraries.strings().all().ofMaxLength(8))
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }

    /** A sound text with some of its parts replaced, left out or written twice. */
    public static Arbitrary<String> edited(String sound, List<String> pieces) {
        Arbitrary<Edit> edit = Combinators.combine(
                        Arbitraries.integers().between(0, sound.length()),
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.oneOf(
                                Arbitraries.of(pieces),
                                Arbitraries.strings().all().ofMaxLength(4)),
                        Arbitraries.integers().between(0, 3))
                .as(Edit::new);
        return edit.list().ofMinSize(1).ofMaxSize(5).map(edits -> {
            String text = sound;
            for (Edit one : edits) {
                text = one.of(text);
            }
            return text;
        });
    }

    private record Edit(int at, int length, String piece, int copies) {
        String of(String text) {
            int start = Math.min(at, text.length());
            int end = Math.min(start + length, text.length());
            return text.substring(0, start) + piece + text.substring(start, end).repeat(copies) + text.substring(end);
        }
    }
}
