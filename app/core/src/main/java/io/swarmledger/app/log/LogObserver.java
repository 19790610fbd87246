package io.swarmledger.app.log;

/** Told by the log's writer what it does, on its thread: whoever is slow here slows every append. */
public interface LogObserver {

    /** Sees nothing. */
    LogObserver NONE = new LogObserver() {
        @Override
        public void committed(int appends, long events, long nanos) {}

        @Override
        public void failed(LogFault fault) {}
    };

    /**
     * A group is on disk.
     *
     * @param appends how many shared the transaction
     * @param events how many events they brought
     * @param nanos what the transaction took
     */
    void committed(int appends, long events, long nanos);

    /** A group was refused as a whole. */
    void failed(LogFault fault);
}
