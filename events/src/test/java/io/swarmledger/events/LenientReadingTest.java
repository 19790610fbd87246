package io.swarmledger.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.memory.MemoryStored;
import io.swarmledger.events.task.TaskCompleted;
import io.swarmledger.events.task.TaskStarted;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LenientReadingTest {

    @Test
    void aFieldTooManyIsIgnored() {
        assertThat(Stored.read("task:started", "{\"taskId\":\"t\",\"agentId\":\"a\",\"startedAt\":1,\"host\":\"h\"}"))
                .isEqualTo(new TaskStarted("t", "a", 1.0));
    }

    @Test
    void aFieldTooFewIsNull() {
        assertThat(Stored.read("agent:spawned", "{\"agentId\":\"a\"}"))
                .isEqualTo(new AgentSpawned("a", null, null, null));
        assertThat(Stored.read("agent:spawned", "{}")).isEqualTo(new AgentSpawned(null, null, null, null));
    }

    @Test
    void whatIsNullIsNotWritten() {
        assertThat(Stored.write(new TaskStarted("t", null, null))).isEqualTo("{\"taskId\":\"t\"}");
    }

    @Test
    void nullsInsideAnyJsonStay() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("note", null);
        result.put("list", Arrays.asList(1, null));
        String json = Stored.write(new TaskCompleted("t", result, null, null));
        assertThat(json).isEqualTo("{\"taskId\":\"t\",\"result\":{\"note\":null,\"list\":[1,null]}}");
        assertThat(Stored.read("task:completed", json)).isEqualTo(new TaskCompleted("t", result, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "1767517200030, 1767517200030",
        "1767517200030.0, 1767517200030",
        "1767517200030.25, 1767517200030.25",
        "0, 0",
        "0.001, 0.001",
        "9999999.5, 9999999.5",
        "10000000.125, 10000000.125",
        "-1500.5, -1500.5",
        "9007199254740992, 9007199254740992",
        "1e3, 1000"
    })
    void wholeNumbersAreWrittenWithoutPointAndFractionsStay(String given, String written) {
        LedgerEvent event = Stored.read("task:started", "{\"startedAt\":" + given + "}");
        assertThat(Stored.write(event)).isEqualTo("{\"startedAt\":" + written + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"NaN\"", "\"Infinity\"", "1e999", "-1e999"})
    void aTimeThatIsNotFiniteCannotBeRead(String given) {
        assertThat(Stored.read("memory:stored", "{\"storedAt\":" + given + "}"))
                .isInstanceOfSatisfying(OpaqueEvent.class, event -> assertThat(event.unreadableBecause())
                        .hasValueSatisfying(defect -> assertThat(defect).contains("not finite")));
    }

    @Test
    void numbersInsideAnyJsonStayAsTheyWereWritten() {
        LedgerEvent event = Stored.read("task:completed", "{\"result\":[1,2.0,0.1,9007199254740993]}");
        assertThat(Stored.write(event)).isEqualTo("{\"result\":[1,2.0,0.1,9007199254740993]}");
    }

    @Test
    void sizesAreWhole() {
        assertThat(Stored.read("memory:stored", "{\"memoryId\":\"m\",\"size\":2048}"))
                .isEqualTo(new MemoryStored("m", null, null, null, 2048L, null));
    }

    @Test
    void theOrderOfTheFieldsDoesNotMatter() {
        assertThat(Stored.read("agent:spawned", "{\"capabilities\":[\"x\"],\"agentId\":\"a\"}"))
                .isEqualTo(new AgentSpawned("a", null, null, List.of("x")));
    }
}
