package io.rosbalena.apt.deb;

import io.rosbalena.tree.Spool;
import java.io.IOException;
import java.util.Optional;

/** Where the unpacked data of one package goes. */
interface DataPlace {
    /** Nowhere for long: it goes when the package is closed. */
    DataPlace PASSING = new DataPlace() {
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

    /** The data if it was unpacked before. */
    Optional<Spool> find() throws IOException;

    /** Begins to write the data. */
    Spool create() throws IOException;

    /** Lets {@link #find} give what {@link #create} began and what is now complete. */
    void keep(Spool complete) throws IOException;
}
