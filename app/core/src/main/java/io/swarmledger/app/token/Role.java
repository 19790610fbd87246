package io.swarmledger.app.token;

import java.util.Arrays;
import java.util.List;

/** What a token is good for. Each one may do what those before it may. Named as they are written. */
public enum Role {
    /** Asks. */
    reader,
    /** Sends commands and events too. */
    writer,
    /** Starts operations, replays views, retries and discards dead letters, looks at the service itself. */
    operator;

    /** This role and those that it includes. */
    public List<Role> included() {
        return Arrays.asList(values()).subList(0, ordinal() + 1);
    }
}
