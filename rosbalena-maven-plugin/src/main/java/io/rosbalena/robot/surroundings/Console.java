package io.rosbalena.robot.surroundings;

import io.rosbalena.finding.Finding;
import io.rosbalena.store.Progress;

/** What a person sees of a build. */
public interface Console extends Progress {
    /** Begins a stage; the one before it is over. */
    void stage(String name);

    /** Tells a finding that does not end the build. */
    void finding(Finding finding);
}
