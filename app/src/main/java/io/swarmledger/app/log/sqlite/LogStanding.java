package io.swarmledger.app.log.sqlite;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whose log it is and how far it goes: what a file that is made from it must fit.
 *
 * @param head the position of the last event, 0 if there is none
 */
public record LogStanding(String ledgerId, long head) {

    /** As it is now. */
    public static LogStanding of(LogFile log) {
        return JdbcClient.create(log.readers())
                .sql(
                        "SELECT ledgerId, (SELECT coalesce(max(globalIndex), 0) FROM DomainEventEntry) AS head FROM Ledger")
                .query(LogStanding.class)
                .single();
    }
}
