package io.swarmledger.app.door;

/** So many operations wait that no more are taken for now. */
public final class OperationsFull extends RuntimeException {

    public OperationsFull(int waiting) {
        super(waiting + " operations wait for their turn already");
    }
}
