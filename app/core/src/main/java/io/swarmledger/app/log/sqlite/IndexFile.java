package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.worker.Workers;
import java.util.Optional;
import javax.sql.DataSource;

/** A file of its own that is made from the log by a follower of its own, and answers questions by itself. */
public abstract class IndexFile implements AutoCloseable {

    private final DerivedFile file;

    /** The file that was opened. */
    protected IndexFile(DerivedFile file) {
        this.file = file;
    }

    /** Has the file looked after for as long as this is open. */
    protected final void guard(Workers workers) {
        file.guarded(workers);
    }

    /** That it was removed, written over or found damaged since it was opened, and what to do; empty as long as it was not. */
    public final Optional<String> loss() {
        return file.loss();
    }

    /** Somebody failed to write it. */
    public final void met(Exception failure) {
        file.met(failure);
    }

    /** Connections that write it. */
    public final DataSource writer() {
        return file.writer();
    }

    /** Connections for what the ledger itself reads. */
    public final DataSource readers() {
        return file.readers();
    }

    /** Connections for questions. */
    public final DataSource questions() {
        return file.questions();
    }

    @Override
    public final void close() {
        file.close();
    }
}
