package io.rosbalena.image.layer;

import org.jspecify.annotations.Nullable;

/**
 * Bounds how many pieces of all parts are in memory. The part that is written may always go on, since the others wait for
 * it.
 */
final class PieceRoom {
    private final int common;
    private final int ofFirst;
    private int taken;
    private @Nullable Share first;

    /**
     * @param common pieces that all parts have together
     * @param ofFirst pieces that the part that is written has in any case
     */
    PieceRoom(int common, int ofFirst) {
        this.common = common;
        this.ofFirst = ofFirst;
    }

    /** What one part has of the room. */
    final class Share {
        private int taken;
        private boolean left;

        /** Waits for room for one piece more; false if the part was left. */
        boolean take() throws InterruptedException {
            synchronized (PieceRoom.this) {
                while (!left && !mayTake()) {
                    PieceRoom.this.wait();
                }
                if (!left) {
                    taken++;
                    PieceRoom.this.taken++;
                }
                return !left;
            }
        }

        /** Gives back all, for good: nobody wants this part any more. */
        void leave() {
            synchronized (PieceRoom.this) {
                PieceRoom.this.taken -= taken;
                taken = 0;
                left = true;
                PieceRoom.this.notifyAll();
            }
        }

        /** Gives back the room of one piece. */
        void giveBack() {
            synchronized (PieceRoom.this) {
                taken--;
                PieceRoom.this.taken--;
                PieceRoom.this.notifyAll();
            }
        }

        /** Says that it is this part that is written now. */
        void becomeFirst() {
            synchronized (PieceRoom.this) {
                first = this;
                PieceRoom.this.notifyAll();
            }
        }

        private boolean mayTake() {
            return PieceRoom.this.taken < common || (first == this && taken < ofFirst);
        }
    }
}
