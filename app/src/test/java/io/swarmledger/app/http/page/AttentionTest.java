package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What needs attention is seen wherever it is, and each number leads to exactly what it counts. */
class AttentionTest {

    private static final Pattern MATTER =
            Pattern.compile("<div><b>([^<]*)</b>.*?<a class=\"go\" href=\"([^\"]*)\"", Pattern.DOTALL);
    private static final long LONG_AGO = System.currentTimeMillis() - 3_600_000;

    private static HttpLedger ledger;

    @BeforeAll
    static void start() {
        ledger = HttpLedger.inMemory();
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    private record Told(String what, String href) {}

    @Test
    void nothingIsGreenThatIsNotWell() {
        append(swarm("well"), agent("a-well", "well"));
        assertThat(page()).contains("Nothing does.");

        manySwarms();
        neverInitialized();
        tasksThatNobodyIsAt();
        ended();

        assertThat(page()).doesNotContain("Nothing does.");
        assertThat(matters())
                .extracting(Told::what)
                .contains(
                        "1 agent is in error or failing in swarm s49",
                        "2 agents are in error or failing in swarm never",
                        "1 agent is silent in swarm never",
                        "1 task is blocked in swarm never",
                        "1 task is failed in swarm never",
                        "6 tasks are in progress, and the agent is not known to be at it, in swarm lost",
                        "Swarm quiet is silent")
                .noneMatch(what -> what.contains("swarm well") || what.contains("swarm ended"));
        for (Told matter : matters()) {
            assertLeadsToWhatItCounts(matter);
        }
        assertThat(list("/api/tasks?stuck=true&swarmId=lost"))
                .containsExactly("t-elsewhere", "t-error", "t-failing", "t-silent", "t-stopped", "t-stopped-2");
        assertThat(list("/api/tasks?stuck=false&swarmId=lost")).containsExactly("t-busy", "t-done");
    }

    @Test
    void ofManyIncidentsItIsSaidHowManyAreNotListed() {
        for (String kind : List.of(
                "disk",
                "net",
                "key",
                "mind",
                "time",
                "way",
                "nerve",
                "patience",
                "thread",
                "plot",
                "race",
                "bet",
                "war")) {
            append(inSwarm("broken", "task:failed", "f-" + kind, "\"error\":\"lost the " + kind + "\""));
        }
        int open = ledger.get("/api/incidents?limit=1").json().get("open").intValue();

        assertThat(open).isGreaterThanOrEqualTo(13);
        assertThat(page()).contains("And " + (open - 12) + " more incidents are open");
    }

    private static void manySwarms() {
        for (int i = 0; i < 50; i++) {
            String id = "s" + (10 + i);
            append(swarm(id), agent("a-" + id, id));
        }
        append(inSwarm("s49", "agent:status-changed", "a-s49", "\"newStatus\":\"error\""));
    }

    private static void neverInitialized() {
        append(agent("n-error", "never"), agent("n-tired", "never"), at(LONG_AGO, agent("n-silent", "never")));
        append(inSwarm("never", "agent:failed", "n-error", "\"error\":\"E\""));
        tire("n-tired", "never");
        append(at(LONG_AGO, inSwarm("never", "agent:started", "n-silent", "")));
        append(task("n-blocked", "never"), task("n-failed", "never"));
        append(inSwarm("never", "task:blocked", "n-blocked", "\"blockedBy\":[\"x\"]"));
        append(inSwarm("never", "task:failed", "n-failed", "\"error\":\"E\""));
    }

    private static void tasksThatNobodyIsAt() {
        append(swarm("lost"));
        for (String agent : List.of("stopped", "error", "failing", "silent", "elsewhere", "busy")) {
            long heardAt = agent.equals("silent") ? LONG_AGO : System.currentTimeMillis();
            append(at(heardAt, agent(agent, "lost")), task("t-" + agent, "lost"));
            append(at(heardAt, inSwarm("lost", "agent:task-assigned", agent, "\"taskId\":\"t-" + agent + "\"")));
            append(inSwarm("lost", "task:started", "t-" + agent, "\"agentId\":\"" + agent + "\""));
        }
        append(task("t-stopped-2", "lost"), inSwarm("lost", "task:started", "t-stopped-2", "\"agentId\":\"stopped\""));
        append(inSwarm("lost", "agent:stopped", "stopped", "\"reason\":\"killed\""));
        append(inSwarm("lost", "agent:failed", "error", "\"error\":\"E\""));
        tire("failing", "lost");
        append(inSwarm("lost", "agent:task-assigned", "elsewhere", "\"taskId\":\"other\""));
        append(task("t-done", "lost"), inSwarm("lost", "task:started", "t-done", "\"agentId\":\"stopped\""));
        append(inSwarm("lost", "task:completed", "t-done", ""));
        append(at(LONG_AGO, swarm("quiet")));
    }

    /** Its last three tasks failed, and it goes on. */
    private static void tire(String agent, String swarm) {
        for (int i = 0; i < 3; i++) {
            append(inSwarm(swarm, "agent:task-assigned", agent, "\"taskId\":\"t-" + agent + "\""));
            append(inSwarm(swarm, "agent:failed", agent, "\"error\":\"E\""));
        }
        append(inSwarm(swarm, "agent:status-changed", agent, "\"newStatus\":\"active\""));
    }

    private static void ended() {
        append(swarm("ended"), agent("a-ended", "ended"));
        append(inSwarm("ended", "agent:failed", "a-ended", "\"error\":\"E\""));
        append(inSwarm("ended", "swarm:terminated", "ended", "\"reason\":\"done\""));
    }

    private static void assertLeadsToWhatItCounts(Told matter) {
        Matcher count = Pattern.compile("([0-9]+) (?:agent|task)s? .*").matcher(matter.what());
        if (count.matches()) {
            assertThat(list("/api" + matter.href())).as(matter.what()).hasSize(Integer.parseInt(count.group(1)));
        }
        assertThat(ledger.get(matter.href(), "Accept", "text/html").status()).isEqualTo(200);
    }

    private static List<String> list(String path) {
        Answer answer = ledger.get(path + "&limit=1000");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        for (JsonNode item : answer.json().get("items")) {
            ids.add(item.get("id").asString());
        }
        return ids;
    }

    private static List<Told> matters() {
        List<Told> matters = new ArrayList<>();
        Matcher found = MATTER.matcher(page());
        while (found.find()) {
            matters.add(new Told(found.group(1), found.group(2).replace("&amp;", "&")));
        }
        return matters;
    }

    private static String page() {
        Answer answer = ledger.get("/overview/later", "Accept", "text/html");
        assertThat(answer.status()).isEqualTo(200);
        return answer.text();
    }

    private static void append(String... events) {
        Answer answer = ledger.post("/api/events?mode=observe", "[" + String.join(",", events) + "]");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private static String swarm(String id) {
        return inSwarm(id, "swarm:initialized", id, "\"topology\":\"mesh\",\"maxAgents\":9");
    }

    private static String agent(String id, String swarm) {
        return inSwarm(swarm, "agent:spawned", id, "\"role\":\"coder\"");
    }

    private static String task(String id, String swarm) {
        return inSwarm(swarm, "task:created", id, "\"title\":\"T\"");
    }

    private static String inSwarm(String swarm, String type, String id, String payload) {
        return "{\"type\":\"" + type + "\",\"aggregateId\":\"" + id + "\",\"payload\":{" + payload
                + "},\"metadata\":{\"swarmId\":\"" + swarm + "\"}}";
    }

    private static String at(long time, String event) {
        return "{\"timestamp\":" + time + "," + event.substring(1);
    }
}
