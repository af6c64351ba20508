package io.rosbalena.robot.surroundings;

import io.rosbalena.store.Progress;

/** Announces the size of a blob only when it begins to arrive: the cache may not have it. Of one transfer, one thread. */
final class Arrival implements Progress {
    private final Progress progress;
    private final long size;
    private boolean announced;

    Arrival(Progress progress, long size) {
        this.progress = progress;
        this.size = size;
    }

    @Override
    public void message(String text) {
        progress.message(text);
    }

    @Override
    public void expect(long bytes) {
        progress.expect(bytes);
    }

    @Override
    public void transferred(long bytes) {
        if (!announced) {
            announced = true;
            progress.expect(size);
        }
        progress.transferred(bytes);
    }
}
