package io.swarmledger.app.faults;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.LogWriter;

/** Events with much in them, as an import brings them. */
final class BigLog {

    private static final String TEXT = "x".repeat(10_000);

    private BigLog() {}

    /** Appends events of ten thousand bytes each to a memory, in one transaction. */
    static void append(LogWriter writer, long firstVersion, int events) throws Exception {
        writer.bulk((inserter, connection) -> {
            for (long version = firstVersion; version < firstVersion + events; version++) {
                inserter.insert(new EventRow(
                        "big-" + version,
                        "big",
                        version - 1,
                        "memory",
                        version,
                        "memory:stored",
                        "1",
                        "{\"memoryId\":\"big\",\"namespace\":\"n\",\"key\":\"" + TEXT
                                + "\",\"memoryType\":\"episodic\"," + "\"size\":1,\"storedAt\":1}",
                        "{}",
                        "swarm",
                        null,
                        null,
                        "swarm",
                        null));
            }
            return null;
        });
    }
}
