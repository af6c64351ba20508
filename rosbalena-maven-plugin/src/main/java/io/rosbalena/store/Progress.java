package io.rosbalena.store;

/**
 * What a stage tells while it works. Implementations decide what a person sees; all methods may be called from several
 * threads. Kept small, so that a stage can be run with {@link #SILENT} in a test.
 */
public interface Progress {
    /** Says nothing. */
    Progress SILENT = new Progress() {
        @Override
        public void message(String text) {}

        @Override
        public void expect(long bytes) {}

        @Override
        public void transferred(long bytes) {}
    };

    /** One line about what is done now, for example {@code compiling perception (3 of 12)}. */
    void message(String text);

    /** Announces that so many more bytes will be downloaded. */
    void expect(long bytes);

    /** Tells that so many bytes have arrived since the last call. */
    void transferred(long bytes);
}
