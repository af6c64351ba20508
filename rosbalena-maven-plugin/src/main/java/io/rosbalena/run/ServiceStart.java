package io.rosbalena.run;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.ReadyProcess;
import java.io.IOException;
import java.util.function.Consumer;

/** Starts a service in its root, by one of the ways that a machine may leave open. */
interface ServiceStart {
    /**
     * Prepares one start of it; {@link ServiceProcess#begin} starts its program.
     *
     * @param output gets each line that it prints
     * @throws io.rosbalena.finding.FindingException RB555 if its root could not be prepared
     */
    ServiceProcess start(Consumer<String> output) throws IOException, InterruptedException;

    /** Called after each end of the process that {@link #start} gave. */
    default void ended() throws IOException {}

    /** The error that a script's messages come to. */
    static FindingException refused(Service service, ReadyProcess process) {
        return FindingException.environment(Finding.error(
                        "RB555", "cannot prepare its root: " + String.join("; ", process.said()))
                .inService(service.name())
                .fix("If the image is damaged, build it again: mvn rosbalena:build. Else report this message."));
    }
}
