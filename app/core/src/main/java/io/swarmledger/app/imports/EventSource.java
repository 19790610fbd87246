package io.swarmledger.app.imports;

import java.sql.SQLException;

/**
 * Events that have versions already, one after the other in the order that they are to have in the log. All of them get in
 * or, where one of them is bad, none.
 */
public non-sealed interface EventSource extends Source {

    /**
     * Goes on to the next event.
     *
     * @return whether there is one
     * @throws ImportRefused if the file cannot be read on
     */
    boolean next();

    /** What is wrong with the event as a whole, so that it has no values; {@code null} if nothing is. */
    default BadRow defect() {
        return null;
    }

    /** Where the event is: its row or line. */
    long row();

    /** What the file calls the column. */
    String nameOf(Column column);

    /**
     * What the event has there, in whatever Java type the file's own makes; JSON in a text column is its text. {@code
     * null} where there is nothing, {@link Unreadable} where that cannot be said.
     */
    Object value(Column column);

    /** Whether an event may have nothing there. */
    default boolean mayLack(Column column) {
        return column.isOptional();
    }

    /** The revision of the payload of an event of that type. */
    default String revisionOf(String type) {
        return Ndjson.usualRevision(type);
    }

    /**
     * Keeps what else the file has beside its events.
     *
     * @return how many snapshots of it are new
     */
    default long keepSnapshots(Snapshots snapshots) throws SQLException {
        return 0;
    }

    /**
     * Looks whether the file is still what it was when it was opened.
     *
     * @throws ImportRefused if it is not
     */
    void requireUnchanged();

    /** A value that is there and cannot be told. */
    record Unreadable(String reason) {}
}
