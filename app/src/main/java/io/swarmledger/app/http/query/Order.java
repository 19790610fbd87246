package io.swarmledger.app.http.query;

/** Which way a list of events goes; the names are those of the contract. */
public enum Order {
    asc,
    desc;

    static boolean isDescending(Order order) {
        return order == desc;
    }
}
