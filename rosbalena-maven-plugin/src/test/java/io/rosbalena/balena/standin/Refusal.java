package io.rosbalena.balena.standin;

/** What the API answers when it does not do what it was asked: a status, and a JSON string as body. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;

    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
