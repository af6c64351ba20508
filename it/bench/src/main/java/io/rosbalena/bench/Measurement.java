package io.rosbalena.bench;

import java.io.IOException;
import java.util.List;

/** Something that is measured. */
interface Measurement {
    /** Makes it, ours and the tool's in turn. */
    List<Row> measure() throws IOException, InterruptedException;
}
