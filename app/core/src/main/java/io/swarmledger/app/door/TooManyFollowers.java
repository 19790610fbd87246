package io.swarmledger.app.door;

/** As many consumers follow the log as are allowed to, or the service stops. */
public final class TooManyFollowers extends RuntimeException {

    public TooManyFollowers() {
        super("As many consumers follow the log as swarm-ledger.http.stream-consumers allows");
    }
}
