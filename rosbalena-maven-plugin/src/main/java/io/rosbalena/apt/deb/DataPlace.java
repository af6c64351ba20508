package io.rosbalena.apt.deb;

import io.rosbalena.tree.Spool;
import java.io.IOException;
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
        public Optional<Spool> find() {
            return Optional.empty();
        }

        @Override
        public Spool create() throws IOException {
            return Spool.temporary();
        }

        @Override
        public void keep(Spool complete) {
            // It goes when the package is closed.
        }
    };

    /** The control member if it was read before. */
    Optional<ControlArchive> control();

    /** Lets {@link #control} give what was read. */
    void keep(ControlArchive control);

    /** The data if it was unpacked before. */
    Optional<Spool> find() throws IOException;

    /** Begins to write the data. */
    Spool create() throws IOException;

    /** Lets {@link #find} give what {@link #create} began and what is now complete. */
    void keep(Spool complete) throws IOException;
}
