package io.swarmledger.app.http.operations;

/** So many operations wait that no more are taken for now. */
final class OperationsFull extends RuntimeException {

    OperationsFull(int waiting) {
        super(waiting + " operations wait for their turn already");
    }
}
