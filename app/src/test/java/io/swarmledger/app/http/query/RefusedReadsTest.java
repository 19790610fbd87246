package io.swarmledger.app.http.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.commands.agent.SpawnAgent;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions that are refused, each with a problem that says what was wrong and where. */
class RefusedReadsTest {

    private static HttpLedger ledger;

    @BeforeAll
    static void open() {
        ledger = HttpLedger.inMemory();
        ledger.bean(CommandGateway.class).sendAndWait(new SpawnAgent("agent-1", "coder"));
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "/api/agents?limit=-1                  | 422 | out-of-range | limit         | limit: -1 is not between 1 and 100000",
                "/api/agents?limit=0                   | 422 | out-of-range | limit         | limit: 0 is not between 1 and 100000",
                "/api/agents?limit=100001              | 422 | out-of-range | limit         | limit: 100001 is not between 1 and 100000",
                "/api/events?limit=10001               | 422 | out-of-range | limit         | limit: 10001 is not between 1 and 10000",
                "/api/agents?limit=99999999999         | 422 | out-of-range | limit         | limit: 99999999999 is beyond every value that is possible",
                "/api/events?offset=-1                 | 422 | out-of-range | offset        | offset: -1 is less than 0",
                "/api/events?fromVersion=-1            | 422 | out-of-range | fromVersion   | fromVersion: -1 is less than 0",
                "/api/events?afterPosition=-1          | 422 | out-of-range | afterPosition | afterPosition: -1 is less than 0",
                "/api/stats?top=0                      | 422 | out-of-range | top           | top: 0 is not between 1 and 100000",
                "/api/agents?minPosition=-1            | 422 | out-of-range | minPosition   | minPosition: -1 is less than 0",
                "/api/aggregates/agent-1/state?version=0 | 422 | out-of-range | version     | version: 0 is less than 1",
                "/api/agents?limit=ten                 | 400 | malformed    | limit         | limit: ten is no whole number",
                "/api/agents?limit=1.5                 | 400 | malformed    | limit         | limit: 1.5 is no whole number",
                "/api/agents?limit=                    | 400 | malformed    | limit         | limit: is empty",
                "/api/agents?limit=1&limit=2           | 400 | malformed    | limit         | limit: is given 2 times",
                "/api/agents?minPosition=head          | 400 | malformed    | minPosition   | minPosition: head is no whole number",
                "/api/agents?state=idle                | 400 | malformed    | state         | state: is no parameter here; these are: after, before, cursor, domain, health, limit, minPosition, parent, role, sort, status, swarmId",
                "/api/agents/agent-1?limit=1           | 400 | malformed    | limit         | limit: is no parameter here; these are: minPosition",
                "/api/agents?id=agent-1&role=coder     | 400 | malformed    | role          | role: is no parameter here; these are: id, minPosition",
                "/api/memories?includeDeleted=maybe    | 400 | malformed    | includeDeleted | includeDeleted: maybe is neither true nor false",
                "/api/events?order=newest              | 422 | out-of-range | order         | order: newest is not one of asc, desc",
                "/api/events?aggregateType=robot       | 422 | out-of-range | aggregateType | aggregateType: robot is none of agent, task, memory, swarm, incident",
                "/api/events/stream?aggregateType=robot | 422 | out-of-range | aggregateType | aggregateType: robot is none of agent, task, memory, swarm, incident",
                "/api/agents?status=foo                | 422 | out-of-range | status        | status: foo is none of idle, active, blocked, completed, error",
                "/api/tasks?status=foo                 | 422 | out-of-range | status        | status: foo is none of pending, queued, in-progress, blocked, completed, failed, cancelled",
                "/api/tasks?priority=foo               | 422 | out-of-range | priority      | priority: foo is none of critical, high, medium, low",
                "/api/swarms?status=foo                | 422 | out-of-range | status        | status: foo is none of initialized, active, terminated",
                "/agents?health=foo                    | 422 | out-of-range | health        | health: foo is none of ok, failing, silent, stopped",
                "/api/evidence?type=task&field=status&status=foo | 422 | out-of-range | status | status: foo is none of pending, queued, in-progress, blocked, completed, failed, cancelled",
                "/api/events?after=yesterday           | 400 | malformed    | after         | after: yesterday is no time: write epoch milliseconds, or 2026-01-04T09:00:00.030Z",
                "/api/events?before=NaN                | 400 | malformed    | before        | before: NaN is no time: write epoch milliseconds, or 2026-01-04T09:00:00.030Z",
                "/api/events?after=1d | 400 | malformed | after | after: 1d is no time: write epoch milliseconds, or 2026-01-04T09:00:00.030Z",
                "/api/events/stream?before=5f | 400 | malformed | before | before: 5f is no time: write epoch milliseconds, or 2026-01-04T09:00:00.030Z",
                "/api/state?at=0x1p3 | 400 | malformed | at | at: 0x1p3 is no time: write epoch milliseconds, or 2026-01-04T09:00:00.030Z",
                "/api/state/diff?from=0&toAt=1_000 | 400 | malformed | toAt | toAt: 1_000 is no time: write epoch milliseconds, or 2026-01-04T09:00:00.030Z",
                "/api/activity?from=Infinity | 400 | malformed | from | from: Infinity is no time: write epoch milliseconds, or 2026-01-04T09:00:00.030Z",
                "/api/aggregates/agent-1/state?at=now  | 400 | malformed    | at            | at: now is no time: write epoch milliseconds, or 2026-01-04T09:00:00.030Z",
                "/api/aggregates/agent-1/state?at=1&version=1 | 400 | malformed | at          | at: is given together with version: ask for one of them",
                "/api/aggregates/state                 | 400 | malformed    | id            | id is missing",
                "/api/agents?cursor=WyJpZCJd           | 400 | malformed    | cursor        | cursor: is none that this list gave",
                "/api/agents/nobody                    | 404 | unknown      | -             | There is no agent nobody",
                "/api/agents?id=nobody                 | 404 | unknown      | -             | There is no agent nobody",
                "/api/tasks/agent-1                    | 404 | unknown      | -             | There is no task agent-1",
                "/api/memories/nothing                 | 404 | unknown      | -             | There is no memory nothing",
                "/api/swarms/nothing                   | 404 | unknown      | -             | There is no swarm nothing",
                "/api/events/nothing                   | 404 | unknown      | -             | There is no event nothing",
                "/api/aggregates/agent-1/state?version=2 | 404 | unknown    | -             | agent agent-1 has no version 2: its last is 1",
                "/api/aggregates/state?id=agent-1&version=999 | 404 | unknown | -            | agent agent-1 has no version 999: its last is 1",
                "/api/projections/bogus/check          | 404 | unknown      | -             | There is no projection bogus; there are agent-state, task-history, memory-index, swarm-overview",
                "/api/projections/bogus/replay         | 404 | unknown      | -             | There is no projection bogus; there are agent-state, task-history, memory-index, swarm-overview",
                "/api/projections/bogus/dead-letters   | 404 | unknown      | -             | There is no projection bogus; there are agent-state, task-history, memory-index, swarm-overview",
                "/api/projections/agent-state/check    | 404 | unknown      | -             | No check of agent-state began since the service started",
                "/api/aggregates/nothing/state         | 404 | unknown      | -             | There is no aggregate nothing",
                "/api/aggregates/nothing/snapshot      | 404 | unknown      | -             | There is no snapshot of aggregate nothing",
                "/api/tasks/nothing/suspects           | 404 | unknown      | -             | There is no task nothing",
                "/api/tasks/suspects?id=a/b            | 404 | unknown      | -             | There is no task a/b",
                "/api/swarms/nothing/suspects          | 404 | unknown      | -             | There is no swarm nothing",
                "/api/swarms/swarm/suspects            | 404 | not-failed   | -             | Nothing of swarm swarm has failed and was left so",
                "/api/tasks/x/suspects?limit=0         | 422 | out-of-range | limit         | limit: 0 is not between 1 and 1000",
                "/api/failures/attempts?outcome=lost   | 422 | out-of-range | outcome       | outcome: lost is none of failed, completed",
                "/api/failures/attempts?attribute=x&value=y | 422 | out-of-range | attribute | attribute: x is none of agent, role, type, attempt, model, tool, phase, sixth, hour",
                "/api/failures/attempts?attribute=tool | 400 | malformed    | value         | value: is given together with attribute, or neither is",
                "/api/runs/compare?a=swarm             | 400 | malformed    | b             | b: is missing: the id of a swarm",
                "/api/runs/compare?a=swarm&b=nothing   | 404 | unknown      | -             | There is no event of swarm nothing",
                "/api/runs/compare?a=x&b=x&aTo=99      | 410 | beyond-head  | aTo           | aTo: position 99 is beyond the head of this ledger, 1",
                "/api/runs/compare?a=x&b=x&bFrom=-1    | 422 | out-of-range | bFrom         | bFrom: -1 is less than 0",
                "/api/runs/compare?a=x&b=x&field=y     | 422 | out-of-range | field         | field: y is none of outcome, failures, attempts, result, agent, presence, order, title, calls, tokens, cost, duration",
                "/api/failures/differences?after=1d    | 400 | malformed    | after         | after: 1d is no time: write epoch milliseconds, or 2026-01-04T09:00:00.030Z",
                "/api/nothing                          | 404 | unknown-path | -             | There is nothing at /api/nothing",
                "/api/agents/                          | 404 | unknown-path | -             | There is nothing at /api/agents/: leave out the slash at its end, or say an id behind it",
                "/api/tasks/?status=pending            | 404 | unknown-path | -             | There is nothing at /api/tasks/: leave out the slash at its end, or say an id behind it",
                "/api/events/                          | 404 | unknown-path | -             | There is nothing at /api/events/: leave out the slash at its end, or say an id behind it",
                "/agents/                              | 404 | unknown-path | -             | There is nothing at /agents/: leave out the slash at its end, or say an id behind it",
                "/tasks?view=gantt                     | 422 | out-of-range | view          | view: gantt is none of timeline, graph",
                "/tasks/chart?view=grpah               | 422 | out-of-range | view          | view: grpah is none of timeline, graph",
                "/failures?type=foo                    | 422 | out-of-range | type          | type: foo is none of agent:failed, task:failed, swarm:error, agent:tool-called, agent:model-called",
                "/operations?letters=foo               | 404 | unknown      | -             | There is no projection foo; there are agent-state, task-history, memory-index, swarm-overview",
                "/api/incidents?after=1d               | 400 | malformed    | after         | after: 1d is no time: write epoch milliseconds, or 2026-01-04T09:00:00.030Z",
                "/api/agents?before=yesterday          | 400 | malformed    | before        | before: yesterday is no time: write epoch milliseconds, or 2026-01-04T09:00:00.030Z",
                "/time?at=1h                           | 400 | malformed    | at            | at: 1h is no time: write epoch milliseconds, or 2026-01-04T09:00:00.030Z",
                "/nothing                              | 404 | unknown-path | -             | There is nothing at /nothing",
                "/api/events?afterPosition=2           | 410 | beyond-head  | afterPosition | afterPosition: position 2 is beyond the head of this ledger, 1",
                "/api/state?position=2 | 410 | beyond-head | position | position: position 2 is beyond the head of this ledger, 1",
                "/api/state/diff?from=0&to=2 | 410 | beyond-head | to | to: position 2 is beyond the head of this ledger, 1",
                "/api/state/diff?from=99&toAt=0 | 410 | beyond-head | from | from: position 99 is beyond the head of this ledger, 1",
                "/api/evidence?type=agent&field=status&position=2 | 410 | beyond-head | position | position: position 2 is beyond the head of this ledger, 1",
                "/time?position=2 | 410 | beyond-head | position | position: position 2 is beyond the head of this ledger, 1",
                "/time?pin=2 | 410 | beyond-head | pin | pin: position 2 is beyond the head of this ledger, 1",
                "/time/moment?position=2 | 410 | beyond-head | position | position: position 2 is beyond the head of this ledger, 1",
                "/tasks?position=2 | 410 | beyond-head | position | position: position 2 is beyond the head of this ledger, 1",
                "/tasks/chart?position=9223372036854775807 | 410 | beyond-head | position | position: position 9223372036854775807 is beyond the head of this ledger, 1",
                "/evidence?type=agent&field=status&position=2 | 410 | beyond-head | position | position: position 2 is beyond the head of this ledger, 1",
            })
    void whatWasWrongIsSaidAndWhere(String path, int status, String kind, String field, String detail) {
        Answer answer = ledger.get(path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("type").stringValue()).isEqualTo("urn:swarm-ledger:problem:" + kind);
        assertThat(answer.json().get("title").stringValue()).isNotBlank();
        assertThat(answer.json().get("status").intValue()).isEqualTo(status);
        assertThat(answer.json().get("detail").stringValue()).isEqualTo(detail);
        assertThat(answer.json().path("field").asStringOpt().orElse(null)).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({"/api/agents?minPosition=2,agent-state", "/api/stats?minPosition=2,log"})
    void aPositionThatIsNotThereInTimeIsAskedForAgainLater(String path, String behind) {
        Answer answer = ledger.get(path);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().get("detail").stringValue())
                .isEqualTo("minPosition: " + behind + " has seen position 1, not yet 2");
    }
}
