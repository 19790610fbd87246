package io.swarmledger.query;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that there is for answers, all those under way together. What is read for an answer takes of it first, so
 * that a list ends before the heap does, and gives it back when the answer is sent.
 */
public final class Room {

    /** What an item is reckoned to hold beside its text: objects, references, names. */
    private static final long AN_ITEM = 300;

    /** So much memory is reckoned for a byte of JSON: text that was read and objects that it became. */
    private static final long A_BYTE = 3;

    private static final ThreadLocal<Share> CURRENT = new ThreadLocal<>();

    private final long all;
    private final long page;
    private final AtomicLong taken = new AtomicLong();

    /**
     * So much room.
     *
     * @param all bytes of memory for all answers
     * @param page bytes of them for one page
     */
    public Room(long all, long page) {
        this.all = all;
        this.page = page;
    }

    /** A quarter of the heap; the four lists of a moment have room in it together. */
    public static Room ofHeap() {
        long all = Runtime.getRuntime().maxMemory() / 4;
        return new Room(all, all / 4);
    }

    /** The memory that an item of so many bytes of JSON is reckoned to hold. */
    static long heldFor(long bytes) {
        return AN_ITEM + A_BYTE * bytes;
    }

    /** The memory that one page of the answer that has begun on this thread may take, bytes. */
    public static long ofPage() {
        Share share = CURRENT.get();
        return share == null ? Long.MAX_VALUE : share.room.page;
    }

    /** Bytes that answers under way hold. */
    public long taken() {
        return taken.get();
    }

    /**
     * Begins an answer on this thread. What is read on it until the share is closed belongs to that answer; within one that
     * has begun it is that answer still.
     */
    public Share share() {
        Share outer = CURRENT.get();
        if (outer != null) {
            return outer.again();
        }
        Share share = new Share(this);
        CURRENT.set(share);
        return share;
    }

    /** What was read on this thread is not held any more: an answer that is put together piece by piece holds one. */
    public static void passedOn() {
        Share share = CURRENT.get();
        if (share != null) {
            share.room.taken.addAndGet(-share.held);
            share.held = 0;
        }
    }

    /** The memory that a page may take, of the answer that has begun on this thread. */
    static Page page() {
        Share share = CURRENT.get();
        return new Page(share);
    }

    /** What one answer holds. For one thread. */
    public static final class Share implements AutoCloseable {

        private final Room room;
        private long held;
        private int depth = 1;

        private Share(Room room) {
            this.room = room;
        }

        private Share again() {
            depth++;
            return this;
        }

        private boolean take(long bytes, boolean must) {
            long before = room.taken.getAndAdd(bytes);
            // Beside nobody else's, an answer is as large as it has to be: it fails alone.
            boolean isAlone = must && before <= held;
            if (before + bytes > room.all && !isAlone) {
                room.taken.addAndGet(-bytes);
                return false;
            }
            held += bytes;
            return true;
        }

        /** The answer is sent. */
        @Override
        public void close() {
            if (--depth == 0) {
                room.taken.addAndGet(-held);
                CURRENT.remove();
            }
        }
    }

    /** What one page takes, item by item. */
    static final class Page {

        private final Share share;
        private long held;

        private Page(Share share) {
            this.share = share;
        }

        /**
         * Takes the room for something more of it.
         *
         * @param bytes of memory
         * @param must whether the page is nothing without it, and so as large as it has to be
         * @return whether there is enough
         * @throws QuestionRefused if others have left none for what it must have
         */
        boolean take(long bytes, boolean must) {
            if (share == null) {
                return true;
            }
            if (!must && held + bytes > share.room.page) {
                return false;
            }
            if (share.take(bytes, must)) {
                held += bytes;
                return true;
            }
            if (must) {
                throw new QuestionRefused(
                        QuestionRefused.Reason.NO_ROOM,
                        "The answers under way fill the memory that there is for them: ask again when they are sent");
            }
            return false;
        }
    }
}
