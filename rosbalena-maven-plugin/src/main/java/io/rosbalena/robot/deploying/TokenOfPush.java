package io.rosbalena.robot.deploying;

import io.rosbalena.registry.ReadyToken;
import java.io.IOException;

/** The token that a push begins with, and a new one where it takes longer than the token is valid. */
final class TokenOfPush implements ReadyToken {
    private final String first;
    private final ReadyToken later;
    private boolean used;

    TokenOfPush(String first, ReadyToken later) {
        this.first = first;
        this.later = later;
    }

    @Override
    public String token() throws IOException {
        if (!used) {
            used = true;
            return first;
        }
        return later.token();
    }
}
