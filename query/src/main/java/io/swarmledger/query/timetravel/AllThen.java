package io.swarmledger.query.timetravel;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swarmledger.query.Page;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.task.TaskState;
import java.util.Map;

/**
 * What everything was like at some moment. Each list is in the order in which its things came to be there.
 *
 * @param position of the last event that is in it, 0 for the beginning
 * @param at the latest time of an event until then, epoch milliseconds; {@code null} at the beginning
 * @param counts how many there were: by agents, tasks, memories, swarms, then by status
 * @param agents their health as of {@code at}; of the tasks that one has completed or failed the last
 *     {@value StateOfAll#LAST_ITEMS} each: its own state then has all of them
 * @param own what the application's own read models tell of, by the types of their things
 * @param cut how many items the lists have of which no more than that are answered: by agents, swarms, then by id, then by
 *     field
 */
public record AllThen(
        long position,
        Double at,
        Map<String, Map<String, Long>> counts,
        Page<AgentView> agents,
        Page<TaskState> tasks,
        Page<MemoryState> memories,
        Page<SwarmView> swarms,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Page<?>> own,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Map<String, Map<String, Long>>> cut) {}
