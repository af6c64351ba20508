package io.rosbalena.lint.preflight;

import java.util.Optional;

/** Has the same answer to every question. */
record Offering(Optional<Offer> answer) implements Offers {
    static final Offers NOTHING = new Offering(Optional.empty());

    @Override
    public Optional<Offer> library(String name, Optional<String> needing) {
        return answer;
    }

    @Override
    public Optional<Offer> program(String name) {
        return answer;
    }

    @Override
    public Optional<Offer> module(String name, Optional<String> needing) {
        return answer;
    }

    @Override
    public Optional<Offer> rosPackage(String name) {
        return answer;
    }
}
