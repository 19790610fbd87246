package io.swarmledger.app.door;

/** What a request's body occupies of the memory that all bodies under way have together, in bytes. */
public interface BodyBytes {

    /** Of a request without a body. */
    BodyBytes NONE = new BodyBytes() {
        @Override
        public boolean areShort() {
            return false;
        }

        @Override
        public void release(long upTo) {}
    };

    /** Whether there is no room for more: who can do without what has been read should let go of it. */
    boolean areShort();

    /**
     * Says that nothing of what was read first is needed any more.
     *
     * @param upTo how much that is, from the body's beginning
     */
    void release(long upTo);
}
