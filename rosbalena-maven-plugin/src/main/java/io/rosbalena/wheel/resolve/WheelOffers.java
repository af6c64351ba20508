package io.rosbalena.wheel.resolve;

import io.rosbalena.wheel.index.IndexFile;
import io.rosbalena.wheel.layout.WheelMetadata;
import java.io.IOException;
import java.util.List;

/** Where wheels come from. */
public interface WheelOffers {
    /**
     * The files of a project.
     *
     * @param project normalised name
     * @return empty if nobody has it
     */
    List<IndexFile> files(String project) throws IOException, InterruptedException;

    /**
     * Metadata of a file, for which it may have to be fetched, and made if it holds sources.
     *
     * @throws io.rosbalena.finding.FindingException if it cannot be had
     */
    WheelMetadata metadata(IndexFile file) throws IOException, InterruptedException;

    /** Where was looked, for messages; and files of a project that were there and could not be used, with the reason. */
    String searched(String project);
}
