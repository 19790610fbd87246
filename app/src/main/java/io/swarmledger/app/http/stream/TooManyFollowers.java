package io.swarmledger.app.http.stream;

/** As many consumers follow the log as are allowed to, or the service stops. */
final class TooManyFollowers extends RuntimeException {

    TooManyFollowers() {
        super("As many consumers follow the log as swarm-ledger.http.stream-consumers allows");
    }
}
