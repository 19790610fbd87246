package io.swarmledger.query.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.query.log.AggregateAnswers;
import io.swarmledger.query.log.LogInMemory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class AgentCallsTest {

    private static final List<String> AGENTS = List.of("a", "b", "c");
    private static final List<String> TOOLS = List.of("Bash", "Edit");

    private final LogInMemory log = new LogInMemory();
    private final Map<String, Long> successes = new HashMap<>();
    private final Map<String, Long> ofModels = new HashMap<>();
    private final Map<String, Long> ofAny = new HashMap<>();

    private void calls(String agent, String tool, boolean isFailure) {
        String called = tool == null ? "\"model\":\"m\"" : "\"tool\":\"" + tool + "\"";
        String error = isFailure ? ",\"error\":\"lost\"" : "";
        long position = log.happened(
                        agent, tool == null ? "agent:model-called" : "agent:tool-called", "{" + called + error + "}")
                .position();
        ofAny.put(agent, isFailure ? 0 : position);
        if (tool == null) {
            ofModels.put(agent, isFailure ? 0 : position);
        } else if (!isFailure) {
            successes.put(agent + tool, position);
        }
    }

    private void assertTold(AgentCalls calls, String agent) {
        for (String tool : TOOLS) {
            assertThat(calls.lastSuccess(agent, tool)).isEqualTo(successes.getOrDefault(agent + tool, 0L));
        }
        assertThat(calls.lastSuccessOfModel(agent)).isEqualTo(ofModels.getOrDefault(agent, 0L));
        assertThat(calls.lastIfSuccess(agent)).isEqualTo(ofAny.getOrDefault(agent, 0L));
    }

    @RepeatedTest(20)
    void whoRemembersTellsWhatAFoldOfAllTells(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        AggregateAnswers remembering = new AggregateAnswers(1_000, 1 << 20);
        for (int round = 0; round < 40; round++) {
            for (int more = random.nextInt(4); more > 0; more--) {
                String agent = AGENTS.get(random.nextInt(AGENTS.size()));
                if (random.nextInt(4) == 0) {
                    log.happened(agent, "agent:started", "{}");
                } else {
                    int tool = random.nextInt(TOOLS.size() + 1);
                    calls(agent, tool == TOOLS.size() ? null : TOOLS.get(tool), random.nextBoolean());
                }
            }
            AgentCalls now = new AgentCalls(remembering.asOf(log));
            assertTold(now, AGENTS.get(random.nextInt(AGENTS.size())));
        }
        AGENTS.forEach(agent -> assertTold(new AgentCalls(remembering.asOf(log)), agent));
    }

    @Test
    void muchThatWasCalledMeanwhileIsAskedForAnew() {
        AggregateAnswers remembering = new AggregateAnswers(1_000, 1 << 20);
        calls("a", "Bash", false);
        assertTold(new AgentCalls(remembering.asOf(log)), "a");
        calls("a", "Bash", true);
        calls("a", "Edit", false);
        for (int i = 0; i < 20_000; i++) {
            log.happened("b", "agent:started", "{}");
        }

        assertTold(new AgentCalls(remembering.asOf(log)), "a");
    }
}
