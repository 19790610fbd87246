package io.swarmledger.app.http.operations;

/** An operation cannot begin as things are; nothing was changed. */
final class OperationRefused extends RuntimeException {

    OperationRefused(String message) {
        super(message);
    }
}
