package io.rosbalena.wheel.resolve;

import io.rosbalena.wheel.Requirement;
import java.util.Optional;

/**
 * A requirement that must hold.
 *
 * @param by the project whose wheel has it; empty for a wish of the robot
 * @param wish the wish that it comes from in the end
 * @param asker for messages: what the wish says, or project and version
 */
record Demand(Requirement requirement, Optional<String> by, WheelRequest.Wish wish, String asker) {

    static Demand of(WheelRequest.Wish wish) {
        return new Demand(wish.requirement(), Optional.empty(), wish, wish.asker());
    }

    String project() {
        return requirement.name();
    }
}
