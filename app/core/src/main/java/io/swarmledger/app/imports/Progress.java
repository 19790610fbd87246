package io.swarmledger.app.imports;

/** Hears how far the work on a file is, every few hundred events and at the end, on the thread that does it. */
@FunctionalInterface
public interface Progress {

    /** Says nothing to nobody. */
    Progress SILENT = (done, total) -> {};

    /** {@code done} of {@code total}: events of a database, bytes of a text file. */
    void at(long done, long total);
}
