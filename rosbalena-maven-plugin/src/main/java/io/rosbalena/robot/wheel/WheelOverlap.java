package io.rosbalena.robot.wheel;

import io.rosbalena.lock.LockedWheel;
import io.rosbalena.store.BlobStore;
import io.rosbalena.wheel.layout.WheelTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file that two wheels bring.
 *
 * @param path below the folder of all wheels; of a folder's name that is a file elsewhere, the file's
 * @param below the wheel whose file does not count
 * @param above the wheel that counts
 * @param kind how they differ
 */
record WheelOverlap(String path, LockedWheel below, LockedWheel above, Kind kind) {
    /** How both differ. */
    enum Kind {
        /** Not at all. */
        SAME,
        /** In what is in the file. */
        CONTENT,
        /** One has a file where the other one has a folder: they cannot be laid out together. */
        FILE_AND_FOLDER
    }

    private record Place(LockedWheel wheel, String content) {}

    /** All of some wheels, which are in the store. Those that stand later count. */
    static List<WheelOverlap> of(List<LockedWheel> wheels, BlobStore store) throws IOException {
        Map<String, Place> files = new HashMap<>();
        Map<String, LockedWheel> folders = new HashMap<>();
        List<WheelOverlap> overlaps = new ArrayList<>();
        for (LockedWheel wheel : wheels) {
            WheelTree.files(store.path(wheel.sha256()), wheel.filename()).forEach((path, content) -> {
                Place before = files.put(path, new Place(wheel, content));
                if (before != null) {
                    Kind kind = before.content().equals(content) ? Kind.SAME : Kind.CONTENT;
                    overlaps.add(new WheelOverlap(path, before.wheel(), wheel, kind));
                }
                for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                    folders.putIfAbsent(path.substring(0, slash), wheel);
                }
            });
        }
        folders.forEach((path, wheel) -> {
            Place file = files.get(path);
            if (file != null) {
                overlaps.add(new WheelOverlap(path, file.wheel(), wheel, Kind.FILE_AND_FOLDER));
            }
        });
        return overlaps;
    }
}
