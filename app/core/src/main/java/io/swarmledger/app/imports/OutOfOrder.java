package io.swarmledger.app.imports;

/** A file's events of an aggregate do not come in the order of their versions: taken as they come they are not its history. */
final class OutOfOrder extends RuntimeException {

    OutOfOrder() {
        super("The versions of an aggregate are not in order", null, false, false);
    }
}
