package io.swarmledger.query;

/** A read model has not seen the asked position in time. Asked again soon, it may have. */
public final class ViewBehind extends RuntimeException {

    private final String projection;
    private final long asked;
    private final long seen;

    public ViewBehind(String projection, long asked, long seen) {
        super("minPosition: " + projection + " has seen position " + seen + ", not yet " + asked);
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
