package io.swarmledger.app.recorder.claudecode;

import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.Known;
import io.swarmledger.app.recorder.ShownContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One session of Claude Code, as far as its doors have told of it: a swarm, its agents, their tasks and calls. Both doors
 * say what they see and when; what must have been before, and was not told, is told first. What it does not remember it
 * asks the log for, so that it may be forgotten at any time. A start and an end are counted from 1 for each agent and task,
 * and each of them is told once.
 */
final class Session {

    static final String USER = "user";

    private static final String AGENT = "agent";
    private static final String TASK = "task";
    private static final String MAIN = "main";
    private static final String PROMPT = "promptId";
    private static final String SENT = "agent:message-sent";
    private static final String PROMPTED = "claude-code:UserPromptSubmit";
    private static final int REMEMBERED_TASKS = 500;
    private static final int REMEMBERED_WORDS = 500;

    /** Ends come late by less when hooks overtake each other. */
    private static final double OVERTAKING_MS = 2_000;

    private final String id;
    private final ShownContent shown;
    private final Known known;
    private final boolean fromTheBeginning;
    private final Map<String, Agent> agents = new HashMap<>();
    private final Map<String, Task> tasks = new HashMap<>();
    private final Set<String> namedByWords = new HashSet<>();
    private final List<Fact> told = new ArrayList<>();
    private Double now;

    Session(String id, ShownContent shown, Known known) {
        this(id, shown, known, false);
    }

    /**
     * A session.
     *
     * @param fromTheBeginning whether all of it is told, whatever the log has: what an agent works on is what has been told
     *     by then
     */
    Session(String id, ShownContent shown, Known known, boolean fromTheBeginning) {
        this.fromTheBeginning = fromTheBeginning;
        this.id = id;
        this.shown = shown;
        this.known = known.ofSwarm(id);
    }

    String mainId() {
        return MAIN + "@" + id;
    }

    /** What is said from now on happened then; epoch milliseconds, {@code null} for when it is recorded. */
    void at(Double time) {
        now = time;
    }

    /** What was told since it was last asked. */
    List<Fact> drain() {
        List<Fact> drained = List.copyOf(told);
        told.clear();
        return drained;
    }

    /** How much it remembers of agents and tasks, a number of entries. */
    int size() {
        return agents.size() + tasks.size();
    }

    // ---- agents

    /**
     * What a door knows of an agent that it names.
     *
     * @param role {@code null} if that is not known; so with all of it
     * @param prompt the id of the prompt in whose turn it is seen
     */
    record About(String role, String parent, String name, String model, String prompt) {

        static final About NOTHING = new About(null, null, null, null, null);

        static About prompted(String prompt) {
            return new About(null, null, null, null, prompt);
        }
    }

    /** The main agent; at first sight it and its swarm come into being. */
    Agent main(String prompt, ObjectNode config) {
        Agent main = agent(mainId());
        if (!main.spawned) {
            ObjectNode initialized = object().put("topology", "hierarchical");
            initialized.set("config", config == null ? object() : config);
            tell("initialized", "initialized", "swarm:initialized", id, initialized, "initializedAt");
            spawn(main, new About(MAIN, null, null, null, prompt));
        }
        return main;
    }

    /** Whether another door has told of an end of the main agent, of which this one knows nothing. */
    boolean isOvertaken() {
        Agent main = agents.get(mainId());
        return main != null && main.isRunning() && known.has(factId("stopped", main.id + "/" + main.starts));
    }

    /** An agent that does something; at first sight it comes into being and starts. */
    Agent see(String agentId, About about) {
        if (agentId == null || agentId.equals(mainId())) {
            return main(about.prompt(), null);
        }
        main(about.prompt(), null);
        Agent agent = agent(agentId);
        if (!agent.spawned) {
            spawn(agent, about);
        }
        return agent;
    }

    /** Whether an agent has come into being. */
    boolean knows(String agentId) {
        return agent(agentId).spawned;
    }

    private void spawn(Agent agent, About about) {
        agent.spawned = true;
        agent.parent = about.parent();
        ObjectNode spawned = object().put("agentId", agent.id)
                .put("role", about.role() == null ? "subagent" : plain(about.role()))
                .put("domain", "claude-code");
        spawned.putArray("capabilities");
        putIfGiven(spawned, "name", shown.title(about.name()));
        putIfGiven(spawned, "parentAgentId", about.parent());
        putIfGiven(spawned, "model", plain(about.model()));
        spawned.put("sessionId", id);
        tell("spawned", agent.id, "agent:spawned", agent.id, spawned, null);
        begin(agent, about.prompt());
    }

    private void begin(Agent agent, String prompt) {
        agent.starts++;
        agent.stopped = false;
        agent.stopInferred = false;
        agent.stoppedAt = null;
        agent.startedBy = prompt;
        ObjectNode started = object().put("agentId", agent.id);
        Map<String, ?> more = prompt == null ? Map.of() : Map.of(PROMPT, prompt);
        tell("started", agent.id + "/" + agent.starts, "agent:started", agent.id, started, "startedAt", more);
    }

    /**
     * A subagent starts. One that was seen before has started already; one that has stopped starts again in the turn of
     * another prompt.
     */
    void subagentStarts(String agentId, About about) {
        Agent agent = see(agentId, about);
        if (agent.startedBy == null) {
            // Who told of its start did not say in whose turn: it is this one.
            agent.startedBy = about.prompt();
        }
        if (agent.stopped && about.prompt() != null && !about.prompt().equals(agent.startedBy)) {
            begin(agent, about.prompt());
        }
    }

    /** An agent stops, unless it has. Who saw it stop knows why, which who found it without an end does not. */
    void stops(String agentId, About about, String reason, boolean inferred) {
        Agent agent = see(agentId, about);
        if (agent.isRunning()) {
            stop("stopped", agent, reason, inferred);
        } else if (!inferred && agent.stopInferred && isOfThatStop(agent, about)) {
            stop("stopped-seen", agent, reason, false);
        }
    }

    /** A turn that ended before the last one began says nothing about how that ended. */
    private boolean isOfThatStop(Agent agent, About about) {
        boolean isOtherTurn = about.prompt() != null
                && agent.startedBy != null
                && !about.prompt().equals(agent.startedBy);
        return !isOtherTurn && (now == null || agent.stoppedAt == null || now >= agent.stoppedAt);
    }

    private void stop(String kind, Agent agent, String reason, boolean inferred) {
        agent.stopped = true;
        agent.stopInferred = inferred;
        agent.stoppedAt = now;
        ObjectNode stopped = object().put("agentId", agent.id).put("reason", plain(reason));
        String key = agent.id + "/" + agent.starts;
        tell(kind, key, "agent:stopped", agent.id, stopped, "stoppedAt", inferred(inferred));
    }

    /**
     * The session ends, and its main agent stops. If it had ended for another door, what this one knows of it is told too:
     * why, or what it has cost.
     *
     * @param metrics {@code null} if they are not known
     */
    void ends(String reason, ObjectNode metrics, boolean inferred) {
        Agent main = main(null, null);
        boolean isRunning = main.isRunning();
        boolean isFound = main.stopInferred;
        stops(main.id, About.NOTHING, reason, inferred);
        ObjectNode counted = metrics == null ? object() : metrics;
        String key = String.valueOf(main.starts);
        if (isRunning) {
            terminate("terminated", key, plain(reason), counted, inferred);
        } else if (isFound && !main.stopInferred) {
            terminate(
                    "ended",
                    key,
                    plain(reason),
                    endToldOf(key).map(Session::metrics).orElse(counted),
                    false);
        } else if (!counted.isEmpty()) {
            endToldOf(key)
                    .filter(end -> metrics(end).isEmpty() && !known.has(factId("counted", key)))
                    .ifPresent(end -> {
                        now = end.timestamp();
                        terminate("counted", key, text(end.payload(), "reason"), counted, isInferred(end));
                    });
        }
    }

    /** What the log has of the end of the run of that number. */
    private Optional<Known.Event> endToldOf(String run) {
        Optional<Known.Event> ended = known.event(factId("ended", run));
        return ended.isPresent() ? ended : known.event(factId("terminated", run));
    }

    private static ObjectNode metrics(Known.Event end) {
        return end.payload() != null && end.payload().path("metrics") instanceof ObjectNode metrics
                ? metrics
                : object();
    }

    private void terminate(String kind, String run, String reason, ObjectNode metrics, boolean inferred) {
        ObjectNode terminated = object().put("reason", reason);
        terminated.set("metrics", metrics);
        tell(kind, run, "swarm:terminated", id, terminated, "terminatedAt", inferred(inferred));
    }

    /** A session that has ended is taken up again. */
    void resumes(String prompt) {
        Agent main = main(prompt, null);
        if (main.stopped) {
            begin(main, prompt);
        }
    }

    /**
     * A person's prompt. One that nobody told of takes an ended session up again.
     *
     * @param key the prompt's id; {@code null} if it has none, and is known by its words alone
     * @param time when it came, epoch milliseconds, to hold against the end
     */
    void prompts(String key, String text, double time) {
        Agent main = main(key, null);
        String words = words(text);
        if (key == null ? hasWords(main, PROMPTED, text) : isNamedByWords("prompt", key, words)) {
            return;
        }
        boolean isNew = key == null || !known.has(factId("prompt", key));
        if (isNew && main.stopped && main.stoppedAt != null && time - main.stoppedAt > OVERTAKING_MS) {
            begin(main, key);
        }
        ObjectNode prompt = object().put("agentId", main.id);
        putIfGiven(prompt, PROMPT, key);
        shown.putMessage(prompt, text);
        tell("prompt", key == null ? words : key, PROMPTED, main.id, USER, prompt, null, Map.of());
    }

    /**
     * A call of which nobody told, long after an end that nobody saw: the session goes on.
     *
     * @param time when it came, epoch milliseconds
     */
    void goesOn(String callId, String prompt, double time) {
        Agent main = main(prompt, null);
        if (main.stopInferred && main.stoppedAt != null && time - main.stoppedAt > OVERTAKING_MS && !hasCall(callId)) {
            begin(main, prompt);
        }
    }

    /** An agent's turn fails for want of a model. */
    void fails(String agentId, About about, String key, String error) {
        Agent agent = see(agentId, about);
        ObjectNode failed = object().put("agentId", agent.id).put("error", shown.error(error));
        tell("failed", agent.id + "/" + key, "agent:failed", agent.id, failed, "failedAt");
    }

    /**
     * An agent says something.
     *
     * @param key what it is known by; {@code null} if that is its words alone
     */
    void says(Agent agent, String to, String key, String text) {
        String words = agent.id + "/" + words(text);
        if (key == null ? hasWords(agent, SENT, text) : isNamedByWords("message", key, words)) {
            return;
        }
        ObjectNode message = object().put("agentId", agent.id).put("to", to);
        shown.putMessage(message, text);
        tell("message", key == null ? words : key, SENT, agent.id, message, "sentAt");
    }

    /** The name of what nothing but its words tells from its repetition. */
    private static String words(String text) {
        return "words/" + ShownContent.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether an agent's stream has those words, by whatever name. */
    private boolean hasWords(Agent agent, String type, String text) {
        String digest = ShownContent.digest(text.getBytes(StandardCharsets.UTF_8));
        return known.last(agent.id, REMEMBERED_WORDS, type).stream()
                .anyMatch(event -> digest.equals(text(event.payload(), "digest")));
    }

    /** Whether the log has by its words alone what has a name here: the first time that there are such words. */
    private boolean isNamedByWords(String kind, String key, String words) {
        String byWords = factId(kind, words);
        return fromTheBeginning && !known.has(factId(kind, key)) && known.has(byWords) && namedByWords.add(byWords);
    }

    /** Who hears an agent's last words in a turn. */
    String listenerOf(Agent agent) {
        if (agent.id.equals(mainId())) {
            return USER;
        }
        return agent.parent == null ? mainId() : agent.parent;
    }

    // ---- tasks

    String taskId(String number) {
        return id + ":" + number;
    }

    /**
     * A task is created. If there was nothing to tell its name by when it was first seen, it is created anew, with what has
     * become of it since.
     */
    void taskCreated(String taskId, String subject, String description) {
        main(null, null);
        Task task = task(taskId);
        boolean isNamed = subject != null && !subject.isBlank();
        if (!task.created) {
            task.created = true;
            task.createdInferred = !isNamed;
            create("created", task, subject, description);
        } else if (task.createdInferred && isNamed) {
            task.createdInferred = false;
            create("named", task, subject, description);
            tellAgain(task);
        }
    }

    private void create(String kind, Task task, String subject, String description) {
        String title = shown.title(subject);
        ObjectNode created = object().put("taskId", task.id)
                .put("taskType", TASK)
                .put("title", title == null ? "task " + task.id.substring(id.length() + 1) : title)
                .put("description", shown.text(description))
                .put("priority", "medium");
        created.putArray("dependencies");
        tell(kind, task.id, "task:created", task.id, created, "createdAt", inferred(task.createdInferred));
    }

    private void tellAgain(Task task) {
        if (task.starts > 0) {
            ObjectNode started = object().put("taskId", task.id).put("agentId", task.agent);
            tell("started-again", task.id + "/" + task.starts, "task:started", task.id, started, "startedAt");
        }
        if (task.completed) {
            ObjectNode completed = object().put("taskId", task.id);
            tell("completed-again", task.id + "/" + task.starts, "task:completed", task.id, completed, "completedAt");
        }
        if (task.cancelled) {
            ObjectNode cancelled = object().put("taskId", task.id).put("reason", "deleted");
            tell("cancelled-again", task.id, "task:cancelled", task.id, cancelled, "cancelledAt");
        }
    }

    /** An agent takes a task up, unless somebody has. */
    void taskStarts(String taskId, Agent agent) {
        Task task = existing(taskId);
        if (task.cancelled) {
            return;
        }
        if (task.startInferred) {
            task.startInferred = false;
        } else if (!task.isRunning()) {
            start(task, agent, false);
        }
    }

    private void start(Task task, Agent agent, boolean inferred) {
        task.starts++;
        task.startInferred = inferred;
        task.startedAt = now;
        task.completed = false;
        task.agent = agent.id;
        agent.assign(task.id);
        String key = task.id + "/" + task.starts;
        ObjectNode assigned = object().put("agentId", agent.id).put("taskId", task.id);
        tell("assigned", key, "agent:task-assigned", agent.id, agent.id, assigned, "assignedAt", inferred(inferred));
        ObjectNode started = object().put("taskId", task.id).put("agentId", agent.id);
        tell("started", key, "task:started", task.id, agent.id, started, "startedAt", inferred(inferred));
    }

    /**
     * A task is completed, by whoever took it up.
     *
     * @param otherwise by whom if nobody did
     */
    void taskCompletes(String taskId, Agent otherwise) {
        Task task = existing(taskId);
        if (task.completed || task.cancelled) {
            return;
        }
        if (task.starts == 0) {
            start(task, otherwise, true);
        }
        task.completed = true;
        Agent agent = agent(task.agent == null ? otherwise.id : task.agent);
        agent.openTasks.remove(task.id);
        String key = task.id + "/" + task.starts;
        ObjectNode byAgent = object().put("agentId", agent.id).put("taskId", task.id);
        ObjectNode completed = object().put("taskId", task.id);
        if (now != null && task.startedAt != null && now >= task.startedAt) {
            byAgent.put("duration", now - task.startedAt);
            completed.put("duration", now - task.startedAt);
        }
        tell("finished", key, "agent:task-completed", agent.id, byAgent, "completedAt");
        tell("completed", key, "task:completed", task.id, agent.id, completed, "completedAt", Map.of());
    }

    /** A task is deleted. */
    void taskCancelled(String taskId, Agent by) {
        Task task = existing(taskId);
        if (task.completed || task.cancelled) {
            return;
        }
        task.cancelled = true;
        if (task.agent != null) {
            agent(task.agent).openTasks.remove(task.id);
        }
        ObjectNode cancelled = object().put("taskId", task.id).put("reason", "deleted");
        tell("cancelled", task.id, "task:cancelled", task.id, by.id, cancelled, "cancelledAt", Map.of());
    }

    /** What became of a task then, where the log has that already: what an agent works on. */
    void retrace(String taskId, String status, Agent by) {
        if (!fromTheBeginning) {
            return;
        }
        if (status.equals("in_progress")) {
            by.assign(taskId);
        } else if (status.equals("completed") || status.equals("deleted")) {
            agents.values().forEach(agent -> agent.openTasks.remove(taskId));
        }
    }

    private Task existing(String taskId) {
        Task task = task(taskId);
        if (!task.created) {
            taskCreated(taskId, null, null);
        }
        return task;
    }

    // ---- calls

    /** Whether the log has that tool call. */
    boolean hasCall(String callId) {
        return known.has(factId("tool", callId));
    }

    /**
     * A tool call has ended.
     *
     * @param duration milliseconds, or {@code null}
     * @param error why it failed; {@code null} if it did not
     * @param output {@code null} if there is none
     */
    void calls(
            Agent agent, String callId, String tool, JsonNode input, Double duration, String error, JsonNode output) {
        ObjectNode call = call(agent, callId, tool, shown.title(Titles.of(tool, input)));
        shown.put(call, "input", input);
        shown.put(call, "output", output);
        tellCall(agent, callId, call, duration, error, false);
    }

    /** The same of a call that was measured when it began. */
    void tellCall(Agent agent, String callId, ObjectNode call, Double duration, String error, boolean inferred) {
        putIfGiven(call, "taskId", agent.task());
        if (duration != null && duration >= 0) {
            call.put("duration", duration);
        }
        if (error != null) {
            call.put("error", shown.error(error));
        }
        tell("tool", callId, "agent:tool-called", agent.id, agent.id, call, "calledAt", inferred(inferred));
    }

    /** A call of which neither input nor end is said yet. */
    ObjectNode call(Agent agent, String callId, String tool, String title) {
        ObjectNode call =
                object().put("agentId", agent.id).put("callId", callId).put("tool", plain(tool));
        putIfGiven(call, "title", title);
        return call;
    }

    /** A call of a model has ended; {@code call} says all but whose it was and when. */
    void callsModel(Agent agent, String callId, ObjectNode call) {
        putIfGiven(call, "taskId", agent.task());
        tell("model", callId, "agent:model-called", agent.id, call.put("agentId", agent.id), "calledAt");
    }

    /** A memory is stored, retrieved or deleted by a tool call. */
    void remembers(Agent agent, String callId, String type, String memoryId, ObjectNode payload, String timeField) {
        tell("memory", callId, type, memoryId, agent.id, payload, timeField, Map.of());
    }

    /** Something of which only its name is known. */
    void keeps(String kind, String key, String type, ObjectNode payload) {
        tell(kind, key, type, mainId(), payload, null);
    }

    // ---- what the log knows

    private Agent agent(String agentId) {
        return agents.computeIfAbsent(agentId, this::recalled);
    }

    private Agent recalled(String agentId) {
        Agent agent = new Agent(agentId);
        Optional<Known.Event> spawned = known.event(factId("spawned", agentId));
        if (spawned.isEmpty()) {
            return agent;
        }
        agent.spawned = true;
        agent.parent = text(spawned.get().payload(), "parentAgentId");
        agent.starts = count("started", agentId);
        String last = agentId + "/" + agent.starts;
        known.event(factId("started", last)).ifPresent(started -> {
            agent.startedBy = started.metadata().get(PROMPT) instanceof String prompt ? prompt : null;
        });
        known.event(factId("stopped", last)).ifPresent(stopped -> {
            agent.stopped = true;
            agent.stopInferred = isInferred(stopped) && !known.has(factId("stopped-seen", last));
            agent.stoppedAt = stopped.timestamp();
        });
        if (!fromTheBeginning) {
            recallTasks(agent);
        }
        return agent;
    }

    private void recallTasks(Agent agent) {
        for (Known.Event event :
                known.last(agent.id, REMEMBERED_TASKS, "agent:task-assigned", "agent:task-completed")) {
            String task = text(event.payload(), "taskId");
            if (task != null && event.type().equals("agent:task-assigned")) {
                agent.assign(task);
            } else {
                agent.openTasks.remove(task);
            }
        }
        agent.openTasks.removeIf(task -> known.has(factId("cancelled", task)));
    }

    private Task task(String taskId) {
        return tasks.computeIfAbsent(taskId, this::recalledTask);
    }

    private Task recalledTask(String taskId) {
        Task task = new Task(taskId);
        Optional<Known.Event> created = known.event(factId("created", taskId));
        if (created.isEmpty()) {
            return task;
        }
        task.created = true;
        task.createdInferred = isInferred(created.get()) && !known.has(factId("named", taskId));
        task.starts = count("started", taskId);
        String last = taskId + "/" + task.starts;
        known.event(factId("started", last)).ifPresent(started -> {
            task.startInferred = isInferred(started);
            task.startedAt = started.timestamp();
            task.agent = text(started.payload(), "agentId");
        });
        task.completed = known.has(factId("completed", last));
        task.cancelled = known.has(factId("cancelled", taskId));
        return task;
    }

    private int count(String kind, String key) {
        int n = 0;
        while (known.has(factId(kind, key + "/" + (n + 1)))) {
            n++;
        }
        return n;
    }

    private static boolean isInferred(Known.Event event) {
        return Boolean.TRUE.equals(event.metadata().get(Fact.INFERRED));
    }

    // ---- facts

    private String factId(String kind, String key) {
        return Fact.id(id, kind, key);
    }

    private void tell(String kind, String key, String type, String of, ObjectNode payload, String timeField) {
        tell(kind, key, type, of, payload, timeField, Map.of());
    }

    private void tell(
            String kind,
            String key,
            String type,
            String of,
            ObjectNode payload,
            String timeField,
            Map<String, ?> more) {
        tell(kind, key, type, of, type.startsWith("swarm:") ? "swarm" : sourceOf(of), payload, timeField, more);
    }

    private String sourceOf(String of) {
        return agents.containsKey(of) ? of : mainId();
    }

    private void tell(
            String kind,
            String key,
            String type,
            String of,
            String source,
            ObjectNode payload,
            String timeField,
            Map<String, ?> more) {
        if (timeField != null && now != null) {
            payload.put(timeField, now);
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("swarmId", id);
        metadata.put(Fact.CONTENT, shown.content().word());
        metadata.putAll(more);
        told.add(new Fact(factId(kind, key), type, aggregateType(type), of, now, source, payload, metadata, null));
    }

    private static String aggregateType(String type) {
        String kind = type.substring(0, type.indexOf(':'));
        return kind.equals("claude-code") ? AGENT : kind;
    }

    private static Map<String, ?> inferred(boolean inferred) {
        return inferred ? Map.of(Fact.INFERRED, true) : Map.of();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static void putIfGiven(ObjectNode payload, String field, String value) {
        if (value != null) {
            payload.put(field, value);
        }
    }

    /** A word of the program's own, such as a role or a reason, of a length that any event may have. */
    String plain(String word) {
        return word == null ? null : ShownContent.shortened(word, ShownContent.LONGEST_TITLE);
    }

    private static String text(JsonNode payload, String field) {
        JsonNode value = payload == null ? null : payload.get(field);
        return value != null && value.isString() ? value.stringValue() : null;
    }
}
