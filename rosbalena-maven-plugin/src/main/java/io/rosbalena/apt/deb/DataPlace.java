package io.rosbalena.apt.deb;

import io.rosbalena.tree.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where what is unpacked of one package goes. */
interface DataPlace {
    /** Nowhere for long: it goes when the package is closed. */
    DataPlace PASSING = new DataPlace() {
        @Override
        public Optional<ControlArchive> control() {
            return Optional.empty();
        }

        @Override
        public void keep(ControlArchive control) {
            // The package holds it as long as it is open.
        }

        @Override
        public DebData data(Unpacking unpacking) throws IOException {
            Spool spool = Spool.named(Path.of(System.getProperty("java.io.tmpdir")));
            boolean done = false;
            try {
                DebData data = unpacking.into(spool);
                done = true;
                return data;
            } finally {
                if (!done) {
                    spool.close();
                }
            }
        }

        @Override
        public void letGo(DebData data) throws IOException {
            data.close();
        }
    };

    /** Unpacks the data of the package. */
    @FunctionalInterface
    interface Unpacking {
        /** Writes it to the end of a spool. */
        DebData into(Spool spool) throws IOException;
    }

    /** The control member if it was read before. */
    Optional<ControlArchive> control();

    /** Lets {@link #control} give what was read. */
    void keep(ControlArchive control);

    /** The data, unpacked now unless it was before. */
    DebData data(Unpacking unpacking) throws IOException;

    /** The package needs its data no more. */
    void letGo(DebData data) throws IOException;
}
