package io.swarmledger.app.http.page;

/**
 * Where the time machine stands, and the addresses of other places to stand.
 *
 * @param position after the event of that position; {@code null} for now
 * @param pin the position that it is compared with, {@code null} for none
 * @param aggregate the thing that is looked at, {@code null} for none
 */
record TimeAddress(Long position, Long pin, String aggregate, String swarmId) {

    /** There. */
    public String at(Long other) {
        return path(new TimeAddress(other, pin, aggregate, swarmId));
    }

    /** Now, which goes on. */
    public String now() {
        return at(null);
    }

    /** Here, compared with that position. */
    public String pinned(Long other) {
        return path(new TimeAddress(position, other, aggregate, swarmId));
    }

    /** Here, looking at that thing. */
    public String of(String other) {
        return path(new TimeAddress(position, pin, other, swarmId));
    }

    /** Here. */
    public String here() {
        return path(this);
    }

    /** Here, with the next page of what is different from the pinned moment. */
    public String changes(String cursor) {
        return address(this).with("changes", cursor).orNothing();
    }

    /** Here, with the next page of one of the columns. */
    public String more(String cursor) {
        return address(this).with("cursor", cursor).orNothing();
    }

    /** The tasks of this moment; of that status, or all. */
    public String tasks(String status) {
        return Address.of("/tasks")
                .with("status", status)
                .with("position", position)
                .with("swarmId", swarmId)
                .orNothing();
    }

    /**
     * What a number of this moment counts, and the events that say so.
     *
     * @param moment its position, which is known when it is now too
     * @param status {@code null} for all of that type
     */
    public String counted(String type, String status, long moment) {
        return type.equals("task")
                ? tasks(status)
                : Address.of("/evidence")
                        .with("type", type)
                        .with("field", fieldOf(type, status))
                        .with("status", status)
                        .with("position", moment)
                        .with("swarmId", swarmId)
                        .orNothing();
    }

    /** The field that says why it is counted: a memory's status is told by its times. */
    private static String fieldOf(String type, String status) {
        if (!type.equals("memory")) {
            return "status";
        }
        return status == null || status.equals("stored") ? "storedAt" : "deletedAt";
    }

    private static String path(TimeAddress place) {
        return address(place).orNothing();
    }

    private static Address address(TimeAddress place) {
        Range range = Range.current();
        return Address.of("/time")
                .with("position", place.position)
                .with("pin", place.pin)
                .with("aggregate", place.aggregate)
                .with("swarmId", place.swarmId)
                .with(Range.AFTER, range.after().typed())
                .with(Range.BEFORE, range.before().typed());
    }
}
