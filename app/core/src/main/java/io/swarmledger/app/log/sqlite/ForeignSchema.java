package io.swarmledger.app.log.sqlite;

/** A file has something in it that its migrations do not make, or lacks something. Nothing was done with it. */
public final class ForeignSchema extends RuntimeException {

    ForeignSchema(String oddity) {
        super(oddity);
    }
}
