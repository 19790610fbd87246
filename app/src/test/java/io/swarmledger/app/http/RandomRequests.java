package io.swarmledger.app.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Requests by chance, the same ones from the same seed: well-formed ones, ones that nearly are, and ones that are not. */
final class RandomRequests {

    private static final Set<String> CREATING =
            Set.of("agent:spawned", "task:created", "memory:stored", "swarm:initialized");

    private static final Map<String, String> VERBS = Map.ofEntries(
            Map.entry("agent:started", "start"),
            Map.entry("agent:stopped", "stop"),
            Map.entry("agent:failed", "fail"),
            Map.entry("agent:status-changed", "status"),
            Map.entry("agent:task-assigned", "assign"),
            Map.entry("agent:task-completed", "complete"),
            Map.entry("task:queued", "queue"),
            Map.entry("task:started", "start"),
            Map.entry("task:completed", "complete"),
            Map.entry("task:failed", "fail"),
            Map.entry("task:blocked", "block"),
            Map.entry("memory:retrieved", "retrieve"),
            Map.entry("memory:deleted", "delete"),
            Map.entry("memory:expired", "expire"),
            Map.entry("swarm:scaled", "scale"),
            Map.entry("swarm:terminated", "terminate"),
            Map.entry("swarm:phase-changed", "phase"),
            Map.entry("swarm:milestone-reached", "milestone"),
            Map.entry("swarm:error", "error"));

    private static final String[] TYPES =
            Stream.concat(VERBS.keySet().stream(), CREATING.stream()).sorted().toArray(String[]::new);

    private static final String[] PATHS = words(
            "/api/events /api/agents /api/tasks /api/memories /api/swarms /api/stats"
                    + " /api/agents/metrics /api/tasks/statistics /api/memories/hot /api/memories/cold"
                    + " /api/memories/namespaces /api/aggregates/task-1/events /api/aggregates/agent-2/state"
                    + " /api/aggregates/memory-3/snapshot /api/agents/agent-1 /api/tasks/task-2 /api/memories/memory-1"
                    + " /api/swarms/swarm-1 /api/events/stream /api/events/fuzz-1 /api/events/fuzz-1/trace /api/projections"
                    + " /api/projections/agent-state/replay /api/projections/task-history/dead-letters /api/operations"
                    + " /api/operations/1 /api/session /v3/api-docs /actuator/health /swagger-ui/index.html"
                    + " /api/state /api/state/diff /api/evidence /api/activity /api/failures /api/incidents"
                    + " /api/projections/swarm-overview/check / /failures /incidents /trace/fuzz-1 /trace /time /time/moment"
                    + " /time/steps /tasks /tasks/chart /agents /agents/metrics /memory /events /evidence /operations"
                    + " /operations/types /suspects /suspects/part /run /run/lanes /run/moment /run/step /run/chain /failures/differences /attempts /api/failures/differences /api/failures/attempts /api/tasks/task-1/suspects /api/runs/compare /api/swarms/swarm/suspects /assets/ledger.css");

    private static final String[] BEHIND = words(
            "/ /.. /%2e%2e // /%00 /x/y/z ;a=b /%zz /start /complete ? # /%F0%9F%98%80 /%ff \u00ff | \" \\ /{id}");

    private static final String[] PARAMETERS = words("limit offset cursor order type aggregateId aggregateType after"
            + " before fromVersion afterPosition swarmId correlationId status domain role agent priority namespace"
            + " includeDeleted top version at id mode minPosition position taskId outcome attribute value others"
            + " from to fromAt toAt buckets evidence field pin window q letters nonsense");

    private static final String[] VALUES = words("1 10 -1 0 99999999999999999999 abc asc desc observe decide task"
            + " task:created agent-1 %27%20OR%201=1-- %00 %ff % %F0%9F%98%80 1e999 NaN true 2026-01-01T00:00:00Z"
            + " ..%2f..%2fetc %3Cscript%3E idle pending eyJ4IjoxfQ eyJwb3NpdGlvbiI6MX0");

    private static final String[] HEADERS = {
        "If-Match: 1",
        "If-Match: \"2\"",
        "If-Match: *",
        "If-Match: W/\"x\"",
        "Idempotency-Key: key",
        "Idempotency-Key: a b",
        "Last-Event-ID: 1",
        "Last-Event-ID: x",
        "Accept: application/json",
        "Accept: text/plain",
        "Accept: ;;;",
        "Accept-Encoding: gzip",
        "Accept-Language: \u00ff;q=x",
        "Expect: 100-continue",
        "Range: bytes=0-",
        "X-Http-Method-Override: DELETE",
        "X-Forwarded-Host: evil.test",
        "Content-Encoding: gzip",
        "Content-Language: ,,",
        "Authorization: Basic eDp5",
        "Authorization: Bearer",
        "Cookie: a=b; c; swarm-ledger-session=x",
        "Origin: https://evil.test",
        "If-Modified-Since: yesterday",
        "X: \u00ff",
        "X"
    };

    private static final String[] CONTENT_TYPES = {
        "application/json; charset=utf-8",
        "application/json; charset=latin1",
        "application/json; charset=none",
        "application/problem+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "*/*",
        ";;",
        "\u00ff"
    };

    private final Random chance;
    private final int things;
    private int keys;

    /**
     * Requests about so many things of each kind.
     *
     * @param things more of them, and more is accepted
     */
    RandomRequests(long seed, int things) {
        chance = new Random(seed);
        this.things = things;
    }

    /** An event that a request asks for. */
    record Wanted(String type, String aggregateId, String payload) {}

    /**
     * A request.
     *
     * @param headers each with its line end
     * @param wanted the events in it, in their order; empty if nobody knows
     */
    record Request(String method, String target, String headers, byte[] body, List<Wanted> wanted) {

        String head(int port) {
            return method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + headers + "\r\n";
        }

        @Override
        public String toString() {
            return head(0) + new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    private static String[] words(String text) {
        return text.split(" ");
    }

    Request next() {
        int kind = chance.nextInt(100);
        if (kind < 45) {
            return posted(false, "");
        } else if (kind < 60) {
            return typed(chance.nextInt(4) == 0);
        } else if (kind < 70) {
            return posted(true, "");
        } else if (kind < 80) {
            return read("");
        } else if (kind < 86) {
            return posted(chance.nextBoolean(), one(HEADERS) + "\r\n");
        } else if (kind < 92) {
            return read(one(HEADERS) + "\r\n");
        }
        return any();
    }

    private Request read(String header) {
        return new Request("GET", one(PATHS) + query(), header, new byte[0], List.of());
    }

    /** Any method on any path, and often none of both. */
    private Request any() {
        String target = one(PATHS) + (chance.nextBoolean() ? one(BEHIND) : "");
        if (chance.nextInt(3) == 0) {
            // Not another request, and not the end of this one.
            target = new String(mutated(target.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1)
                    .replaceAll("[\r\n]", "");
            // Without one the line would be of HTTP 0.9, which is not answered.
            target = target.isBlank() ? "/" : target;
        }
        byte[] body = chance.nextBoolean() ? new byte[0] : mutated(bytes(event(wanted())));
        return request(
                one("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW", "po st"),
                target,
                "Content-Type: application/json\r\n",
                body,
                List.of());
    }

    /** One event, an array or lines. */
    private Request posted(boolean mutated, String header) {
        boolean lines = chance.nextInt(4) == 0;
        boolean array = !lines && chance.nextInt(3) == 0;
        List<Wanted> wanted = Stream.generate(this::wanted)
                .limit(lines || array ? 1 + chance.nextInt(5) : 1)
                .toList();
        String text = wanted.stream().map(this::event).collect(Collectors.joining(lines ? "\n" : ","));
        byte[] body = bytes(array ? "[" + text + "]" : text);
        String type = lines ? "application/x-ndjson" : "application/json";
        String headers =
                header + "Content-Type: " + (chance.nextInt(30) == 0 ? one(CONTENT_TYPES) : type) + "\r\n" + key();
        String target = "/api/events" + (chance.nextInt(3) == 0 ? "" : "?mode=observe");
        return mutated
                ? request("POST", target, headers, mutated(body), List.of())
                : request("POST", target, headers, body, wanted);
    }

    /** A typed command, whose path says what the type says of an event. */
    private Request typed(boolean mutated) {
        Wanted wanted = wanted();
        String feature = featureOf(wanted.type());
        String path = "/api/" + (feature.equals("memory") ? "memorie" : feature) + "s";
        String body = wanted.payload();
        if (CREATING.contains(wanted.type())) {
            body = body.replaceFirst("^\\{", "{\"" + feature + "Id\":\"" + wanted.aggregateId() + "\",")
                    .replace(",}", "}");
        } else {
            path += "/" + wanted.aggregateId() + "/" + VERBS.get(wanted.type());
        }
        String headers = "Content-Type: application/json\r\n" + key();
        return mutated
                ? request("POST", path, headers, mutated(bytes(body)), List.of())
                : request("POST", path, headers, bytes(body), List.of(wanted));
    }

    /** The body goes in one piece or in several. */
    private Request request(String method, String target, String headers, byte[] body, List<Wanted> wanted) {
        if (chance.nextInt(10) > 0) {
            return new Request(method, target, headers + "Content-Length: " + body.length + "\r\n", body, wanted);
        }
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; ) {
            int size = Math.min(body.length - at, 1 + chance.nextInt(200));
            chunks.writeBytes(bytes(Integer.toHexString(size) + "\r\n"));
            chunks.write(body, at, size);
            chunks.writeBytes(bytes("\r\n"));
            at += size;
        }
        chunks.writeBytes(bytes("0\r\n\r\n"));
        return new Request(method, target, headers + "Transfer-Encoding: chunked\r\n", chunks.toByteArray(), wanted);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String key() {
        if (chance.nextInt(8) > 0) {
            return "";
        }
        return "Idempotency-Key: fuzz-" + (chance.nextInt(4) == 0 ? keys : ++keys) + "\r\n";
    }

    private static String featureOf(String type) {
        return type.substring(0, type.indexOf(':'));
    }

    private Wanted wanted() {
        String type = one(TYPES);
        return new Wanted(type, featureOf(type) + "-" + chance.nextInt(things), payload(type));
    }

    private String event(Wanted wanted) {
        StringBuilder event = new StringBuilder(
                "{\"type\":\"" + wanted.type() + "\",\"aggregateId\":\"" + wanted.aggregateId() + "\"");
        if (chance.nextBoolean()) {
            event.append(",\"aggregateType\":\"")
                    .append(featureOf(wanted.type()))
                    .append('"');
        }
        if (chance.nextInt(4) == 0) {
            event.append(",\"metadata\":").append(one("{}", "{\"swarmId\":\"alpha\"}", value(1)));
        }
        if (chance.nextInt(10) == 0) {
            event.append(",\"version\":").append(1 + chance.nextInt(4));
        }
        if (chance.nextInt(5) == 0) {
            event.append(",\"timestamp\":").append(chance.nextInt(3) == 0 ? value(0) : "1767517200030.25");
        }
        if (chance.nextInt(20) == 0) {
            event.append(",\"").append(one("id", "source", "causationId", "correlationId", "swarmId", "nonsense"));
            event.append("\":").append(value(1));
        }
        return event.append(",\"payload\":")
                .append(wanted.payload())
                .append('}')
                .toString();
    }

    private String payload(String type) {
        if (chance.nextInt(12) == 0) {
            return value(2);
        }
        String known =
                switch (type) {
                    case "agent:spawned" -> "\"role\":\"coder\",\"capabilities\":[\"a\",\"b\"]";
                    case "agent:failed", "task:failed", "swarm:error" -> "\"error\":\"it broke\"";
                    case "agent:status-changed" -> "\"newStatus\":\"blocked\"";
                    case "agent:task-assigned" -> "\"taskId\":\"task-1\"";
                    case "agent:task-completed" -> "\"taskId\":\"task-1\",\"result\":" + value(3);
                    case "task:created" -> "\"taskType\":\"t\",\"title\":\"\u00dcberall\",\"priority\":\"low\"";
                    case "task:started" -> "\"agentId\":\"agent-1\"";
                    case "task:completed" -> "\"result\":" + value(3);
                    case "task:blocked" -> "\"blockedBy\":[\"task-2\"]";
                    case "memory:stored" -> "\"namespace\":\"n\",\"key\":\"k\",\"memoryType\":\"e\",\"size\":7";
                    case "swarm:initialized" -> "\"topology\":\"mesh\",\"maxAgents\":15";
                    case "swarm:scaled" -> "\"newAgentCount\":3";
                    case "swarm:phase-changed" -> "\"newPhase\":\"build\"";
                    case "swarm:milestone-reached" -> "\"milestoneId\":\"m\",\"name\":\"first\"";
                    default -> "";
                };
        return "{" + known + "}";
    }

    private String value(int depth) {
        return switch (chance.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> String.valueOf(chance.nextLong());
            case 1 -> String.valueOf(chance.nextGaussian() * Math.pow(10, chance.nextInt(40)));
            case 2 -> one("true", "false", "null", "0");
            case 3 -> one("1e400", "-1e999999", "123456789012345678901234567890", "1E-400", "-0", "-0.0", "9e15");
            case 4 -> "\""
                    + one("", "text", "\\u0000", "\\ud83d\\ude00", "\u202eevil", "<script>", "\\n\\r\\t", "=cmd")
                    + "\"";
            case 5 -> "\"" + one("\\ud800", "x".repeat(chance.nextInt(5_000)), "2026-01-01") + "\"";
            case 6 -> "{}";
            case 7 -> "[" + value(depth - 1) + "," + value(depth - 1) + "]";
            default -> "{\"" + one("a", "id", "", "taskId", "ledger.x", "@class") + "\":" + value(depth - 1) + ",\"b\":"
                    + value(depth - 1) + "}";
        };
    }

    private byte[] mutated(byte[] original) {
        byte[] bytes = original.clone();
        for (int i = 1 + chance.nextInt(3); i > 0 && bytes.length > 0; i--) {
            int at = chance.nextInt(bytes.length);
            switch (chance.nextInt(5)) {
                case 0 -> bytes[at] = (byte) chance.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, at);
                case 2 -> {
                    byte[] doubled = Arrays.copyOf(bytes, bytes.length + at);
                    System.arraycopy(bytes, 0, doubled, bytes.length, at);
                    bytes = doubled;
                }
                case 3 -> bytes[at] ^= (byte) (1 << chance.nextInt(8));
                default -> bytes[at] = (byte) "{}[]\",:0\\".charAt(chance.nextInt(9));
            }
        }
        return bytes;
    }

    private String query() {
        return chance.nextInt(3) == 0
                ? ""
                : IntStream.range(0, 1 + chance.nextInt(3))
                        .mapToObj(i -> one(PARAMETERS) + "=" + (chance.nextInt(20) == 0 ? "" : one(VALUES)))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private String one(String... of) {
        return of[chance.nextInt(of.length)];
    }
}
