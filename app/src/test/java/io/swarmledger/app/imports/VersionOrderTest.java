package io.swarmledger.app.imports;

import static io.swarmledger.app.imports.ClaudeFlowDatabase.event;
import static io.swarmledger.app.imports.ClaudeFlowDatabase.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The versions of an aggregate rise with the positions of its events, in whatever order a file has them. */
class VersionOrderTest extends IntoALog {

    private static final String ORDER =
            "SELECT aggregateIdentifier || ' ' || (sequenceNumber + 1) FROM DomainEventEntry ORDER BY globalIndex";

    private List<String> order() throws Exception {
        return texts(ORDER);
    }

    private static String line(String aggregate, long version) {
        return "{\"id\":\"" + aggregate + "-" + version + "\",\"type\":\"task:queued\",\"aggregateId\":\"" + aggregate
                + "\",\"aggregateType\":\"task\",\"version\":" + version
                + ",\"timestamp\":1767517200030.5,\"source\":\"swarm\",\"payload\":{ \"n\":1.50},\"metadata\":{\"a\":1.0}}";
    }

    @Test
    void anAggregatesPlacesInTheFileStayItsPlacesInTheLog() throws Exception {
        Path file = lines(line("t", 1), line("u", 2), line("t", 3), line("u", 1), line("v", 9), line("t", 2));

        assertThat(take(file)).isEqualTo(new Imported(6, 0, 0));

        assertThat(order()).containsExactly("t 1", "u 1", "t 2", "u 2", "v 9", "t 3");
        assertThat(rows(log, "SELECT DISTINCT payload, metaData, timeStamp FROM DomainEventEntry"))
                .containsExactly("String { \"n\":1.50} | String {\"a\":1.0} | Double 1.7675172000305E12 | ");
        assertThat(take(file)).isEqualTo(new Imported(0, 6, 0));
        ledger.close();
        assertThat(rows(log, "SELECT count(*) FROM sqlite_master WHERE name IN ('WaitingEvent', 'Turn')"))
                .containsExactly("Integer 0 | ");
        open();
    }

    @Test
    void aDatabaseThatClaudeFlowReplaysByVersionIsTakenByVersion() throws Exception {
        Path file = ClaudeFlowDatabase.empty(directory.resolve("swarm.db"));
        event(file, "a", "aggregate_id", "t", "version", 1);
        event(file, "c", "aggregate_id", "t", "version", 3);
        event(file, "b", "aggregate_id", "t", "version", 2, "timestamp", 1.5);

        assertThat(take(file)).isEqualTo(new Imported(3, 0, 0));

        assertThat(order()).containsExactly("t 1", "t 2", "t 3");
        assertThat(rows(log, "SELECT eventIdentifier, timeStamp FROM DomainEventEntry WHERE sequenceNumber = 1"))
                .containsExactly("String b | Double 1.5 | ");
    }

    @Test
    void everyOrderOfManyAggregatesLeadsToRisingVersions() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int aggregate = 0; aggregate < 30; aggregate++) {
            for (int version = 1; version <= 40; version++) {
                if (random.nextInt(10) > 0) {
                    lines.add(line("a" + aggregate, version));
                }
            }
        }
        Collections.shuffle(lines, random);
        List<String> places = lines.stream()
                .map(line -> line.replaceFirst(".*\"aggregateId\":\"(\\w+)\".*", "$1"))
                .toList();

        take(lines(lines.toArray(String[]::new)));

        assertThat(order().stream().map(row -> row.split(" ")[0]).toList())
                .as("seed " + seed)
                .isEqualTo(places);
        assertThat(rows(
                        log,
                        "SELECT count(*) FROM DomainEventEntry AS one JOIN DomainEventEntry AS other"
                                + " USING (aggregateIdentifier) WHERE one.globalIndex < other.globalIndex"
                                + " AND one.sequenceNumber >= other.sequenceNumber"))
                .as("seed " + seed)
                .containsExactly("Integer 0 | ");
    }

    @Test
    void nothingComesBeforeWhatTheLedgerHas() throws Exception {
        take(lines(line("t", 3), line("t", 5)));

        ImportRefused refusal = catchThrowableOfType(
                ImportRefused.class,
                () -> take(lines(
                        line("u", 2), line("u", 1), line("t", 4), line("t", 3).replace("t-3", "other"), line("t", 6))));

        assertThat(refusal.badRows())
                .extracting(BadRow::toString)
                .containsExactlyInAnyOrder(
                        "row 3, column version: is 4, and the ledger has version 5 of the aggregate \"t\" already:"
                                + " nothing can come before that",
                        "row 4, column version: is 3, which the event \"t-3\" has in the aggregate \"t\"");
        assertThat(order()).containsExactly("t 3", "t 5");
    }

    @Test
    void whatCannotBeAVersionIsNamedAndNothingIsTaken() throws Exception {
        ImportRefused refusal = catchThrowableOfType(
                ImportRefused.class,
                () -> take(lines(
                        line("t", 2),
                        line("t", 1),
                        line("t", 1).replace("t-1", "twice"),
                        line("u", 0),
                        line("u", -1),
                        line("u", Long.MAX_VALUE),
                        line("v", (1L << 53) - 1))));

        assertThat(refusal.badRows())
                .extracting(BadRow::toString)
                .containsExactlyInAnyOrder(
                        "row 3, column version: is 1, which the event \"t-1\" has in the aggregate \"t\"",
                        "row 4, column version: is 0, less than 1",
                        "row 5, column version: is -1, less than 1",
                        "row 6, column version: is 9223372036854775807, more than 9007199254740991");
        assertThat(order()).isEmpty();
    }
}
