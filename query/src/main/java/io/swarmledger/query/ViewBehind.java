package io.swarmledger.query;

/** A read model has not seen the asked position in time. Asked again soon, it may have. */
public final class ViewBehind extends RuntimeException {

    private final String projection;
    private final long asked;
    private final long seen;

    /**
     * It has seen less.
     *
     * @param reason why it gets no further; {@code null} if nothing stands in its way
     */
    public ViewBehind(String projection, long asked, long seen, String reason) {
        super("minPosition: " + projection + " has seen position " + seen + ", not yet " + asked
                + (reason == null ? "" : ": " + reason));
        this.projection = projection;
        this.asked = asked;
        this.seen = seen;
    }

    public String projection() {
        return projection;
    }

    /** The position that was asked for. */
    public long asked() {
        return asked;
    }

    /** The position that the read model has seen. */
    public long seen() {
        return seen;
    }
}
