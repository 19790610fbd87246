package io.swarmledger.app.imports;

import static io.swarmledger.app.imports.ClaudeFlowDatabase.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An imported event belongs to its aggregate's swarm unless it says otherwise. */
class SwarmOfImportsTest extends IntoALog {

    private List<String> swarms() throws Exception {
        return texts("SELECT eventIdentifier || ' in ' || swarmId FROM DomainEventEntry ORDER BY globalIndex");
    }

    private static String line(String id, String aggregate, String type, long version, String metadata, String more) {
        return "{\"id\":\"" + id + "\",\"type\":\"" + type + "\",\"aggregateId\":\"" + aggregate
                + "\",\"aggregateType\":\"" + type.substring(0, type.indexOf(':')) + "\",\"version\":" + version
                + ",\"timestamp\":1767517200030,\"source\":\"swarm\",\"payload\":{},\"metadata\":" + metadata + more
                + "}";
    }

    private static final String RUN_7 = "{\"swarmId\":\"run-7\"}";

    private Path history() throws Exception {
        return lines(
                line("a1", "a", "agent:spawned", 1, RUN_7, ""),
                line("s1", "run-8", "swarm:initialized", 1, "{}", ""),
                line("a2", "a", "agent:cloned", 2, "null", ",\"swarmId\":\"run-7\""),
                line("t2", "t", "task:started", 2, "{}", ""),
                line("t1", "t", "task:created", 1, RUN_7, ""),
                line("u1", "u", "task:created", 1, "{}", ""),
                line("s2", "run-8", "swarm:terminated", 2, "{}", ",\"swarmId\":\"swarm\""),
                line("a3", "a", "agent:started", 3, "{\"swarmId\":\"run-9\"}", ""),
                line("a4", "a", "agent:stopped", 4, "{}", ""));
    }

    @Test
    void itFollowsTheFirstEventOfTheAggregateByVersion() throws Exception {
        take(history());

        assertThat(swarms())
                .containsExactly(
                        "a1 in run-7",
                        "s1 in run-8",
                        "a2 in run-7",
                        "t1 in run-7",
                        "t2 in run-7",
                        "u1 in swarm",
                        "s2 in run-8",
                        "a3 in run-9",
                        "a4 in run-7");
    }

    @Test
    void itFollowsWhatTheLedgerHasAlready() throws Exception {
        take(lines(line("a1", "a", "agent:spawned", 1, RUN_7, "")));
        take(lines(line("a2", "a", "agent:started", 2, "{}", ""), line("b1", "b", "agent:spawned", 1, "{}", "")));

        assertThat(swarms()).containsExactly("a1 in run-7", "a2 in run-7", "b1 in swarm");
    }

    @Test
    void aPrefixIsPutBeforeTheSwarmThatItFollows() throws Exception {
        take(history(), "p-");

        assertThat(swarms())
                .contains("p-a1 in p-run-7", "p-a2 in p-run-7", "p-t2 in p-run-7", "p-s2 in p-run-8", "p-u1 in swarm");
    }

    @Test
    void aDatabaseFollowsTheSameRule() throws Exception {
        Path file = ClaudeFlowDatabase.empty(directory.resolve("swarm.db"));
        event(file, "t1", "aggregate_id", "t", "type", "task:created", "metadata", RUN_7);
        event(file, "t2", "aggregate_id", "t", "version", 2, "metadata", null);
        event(file, "s1", "aggregate_id", "run-8", "aggregate_type", "swarm", "type", "swarm:initialized");

        take(file);

        assertThat(swarms()).containsExactly("t1 in run-7", "t2 in run-7", "s1 in run-8");
    }

    @Test
    void aSwarmThatTheFileTellsOtherwiseIsNamed() throws Exception {
        ImportRefused refusal = catchThrowableOfType(
                ImportRefused.class,
                () -> take(lines(
                        line("a1", "a", "agent:spawned", 1, RUN_7, ""),
                        line("a2", "a", "agent:started", 2, "{}", ",\"swarmId\":\"run-8\""),
                        line("a3", "a", "agent:started", 3, RUN_7, ",\"swarmId\":\"run-8\""))));

        assertThat(refusal.badRows())
                .extracting(BadRow::toString)
                .containsExactly(
                        "row 2, column swarmId: is \"run-8\", but the metadata names none and the event belongs to \"run-7\"",
                        "row 3, column swarmId: is not the swarm that the metadata names");
    }
}
