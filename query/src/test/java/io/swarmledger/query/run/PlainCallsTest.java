package io.swarmledger.query.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.events.agent.AgentModelCalled;
import io.swarmledger.events.agent.AgentToolCalled;
import io.swarmledger.events.upcast.Upcasters;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.LogInMemory;
import io.swarmledger.query.log.LogRow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a call by itself is what is read of it as an event. */
class PlainCallsTest {

    private final EventReader reader = new EventReader(LedgerSerializer.of(StoredTypes.events()), Upcasters.chain());

    private LogRow row(String type, String payload) {
        return new LogInMemory().happened("agent-1", type, payload.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'tool':'Bash','title':'list\\u0041 \\ud83d\\ude00','taskId':'t','duration':5,'inputDigest':'d'}",
                "{'tool':null,'duration':1.5,'error':'','input':{'tool':'other','a':[1,{'error':'x'}]},'output':[null]}",
                "{'tool':'Bash','duration':-0.0,'inputSize':9223372036854775807,'calledAt':1e12,'more':{}}"
            })
    void aToolsCallSaysTheSame(String payload) {
        LogRow row = row("agent:tool-called", payload);
        AgentToolCalled plain = (AgentToolCalled) PlainCalls.of(row);
        AgentToolCalled whole = (AgentToolCalled) reader.events(row).findFirst().orElseThrow();

        assertThat(List.of(told(plain))).isEqualTo(List.of(told(whole)));
    }

    private static String told(AgentToolCalled call) {
        return "%s %s %s %s %s %s"
                .formatted(call.tool(), call.title(), call.taskId(), call.duration(), call.error(), call.inputDigest());
    }

    @Test
    void aModelsCallSaysTheSame() {
        LogRow row = row(
                "agent:model-called",
                "{'model':'m','taskId':'t','duration':7,'inputTokens':1,'outputTokens':2,'cacheReadTokens':3,"
                        + "'cacheWriteTokens':4,'costUsd':0.5,'stopReason':'end','error':'no'}");

        assertThat(PlainCalls.of(row))
                .isEqualTo(reader.events(row)
                        .findFirst()
                        .map(LedgerEvent.class::cast)
                        .orElseThrow())
                .isInstanceOf(AgentModelCalled.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{'tool':'Bash'} {}",
                "{'tool':'Bash'",
                "{'tool':7}",
                "{'tool':['Bash']}",
                "{'tool':'Bash','tool':'Read'}",
                "{'duration':'NaN'}",
                "{'duration':1e999}",
                "{'inputSize':1.5}",
                "{'inputSize':9223372036854775808}",
                "{'input':{'a':}}"
            })
    void whatIsNotPlainlyACallIsLeftToOthers(String payload) {
        assertThat(PlainCalls.of(row("agent:tool-called", payload))).isNull();
    }

    @Test
    void anythingElseIsLeftToOthers() {
        assertThat(PlainCalls.of(row("task:created", "{}"))).isNull();
    }
}
