package io.swarmledger.app.http;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MapSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swarmledger.commands.Require;
import java.util.List;
import java.util.Map;

/** Describes what handlers that read or answer by hand cannot: what each is for, and how it answers. */
final class PlainOperations {

    private static final String EVENTS = "/api/events";
    private static final String IMPORTS = "/api/imports";
    private static final String POSTED = "PostedEvent";

    /**
     * What an operation is.
     *
     * @param status of its answer
     */
    private record Told(String tag, String id, int status, String summary) {}

    private static final Map<String, Told> TOLD = Map.ofEntries(
            Map.entry("POST " + EVENTS, new Told("events", "appendEvents", 201, "Appends events, in their order")),
            Map.entry(
                    "GET /api/projections",
                    new Told("projections", "getProjections", 200, "Where each projection stands")),
            Map.entry(
                    "POST /api/projections/{name}/replay",
                    new Told("projections", "startReplay", 202, "Begins to rebuild a view from the log")),
            Map.entry(
                    "GET /api/projections/{name}/replay",
                    new Told("projections", "getReplay", 200, "How far a replay is, or how it ended")),
            Map.entry(
                    "DELETE /api/projections/{name}/replay",
                    new Told("projections", "cancelReplay", 202, "Gives a replay up")),
            Map.entry(
                    "POST /api/projections/{name}/check",
                    new Told("projections", "checkProjection", 202, "Holds a view against the log, as an operation")),
            Map.entry(
                    "GET /api/projections/{name}/check",
                    new Told(
                            "projections",
                            "getCheck",
                            200,
                            "How far the last check is, or what the view says otherwise than the log")),
            Map.entry(
                    "GET /api/projections/{name}/dead-letters",
                    new Told("projections", "findDeadLetters", 200, "The events that a projection could not apply")),
            Map.entry(
                    "POST /api/projections/{name}/dead-letters/retry",
                    new Told("projections", "retryDeadLetters", 202, "Applies them again, as an operation")),
            Map.entry(
                    "POST /api/projections/{name}/dead-letters/{id}/retry",
                    new Told("projections", "retryDeadLetter", 200, "Applies one and those behind it again")),
            Map.entry(
                    "DELETE /api/projections/{name}/dead-letters/{id}",
                    new Told("projections", "discardDeadLetter", 204, "Takes one away, never to be applied")),
            Map.entry(
                    "GET /api/operations",
                    new Told("operations", "getOperations", 200, "What was begun, and how far it is")),
            Map.entry(
                    "GET /api/operations/{id}",
                    new Told("operations", "getOperation", 200, "How far an operation is, or how it ended")),
            Map.entry(
                    "POST /api/operations/backup",
                    new Told("operations", "backUp", 202, "Copies the log to a file while it is written to")),
            Map.entry("POST /api/operations/verify", new Told("operations", "verify", 202, "Checks the whole log")),
            Map.entry(
                    "POST " + IMPORTS,
                    new Told("operations", "importFile", 202, "Imports what others recorded, as an operation")),
            Map.entry("GET /api/session", new Told("session", "getSession", 200, "Who is asking, and with which role")),
            Map.entry("POST /api/session", new Told("session", "beginSession", 201, "Trades a token for a cookie")),
            Map.entry("DELETE /api/session", new Told("session", "endSession", 204, "Forgets the cookie")));

    private PlainOperations() {}

    static void describe(OpenAPI api) {
        api.getPaths().forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
            Told told = TOLD.get(method + " " + path);
            if (told != null) {
                describe(operation, told);
            }
        }));
        Operation append = api.getPaths().get(EVENTS).readOperationsMap().get(HttpMethod.POST);
        append.setDescription("The first that is refused ends it; what came before it stays, and is in the problem.");
        append.setRequestBody(new RequestBody().required(true).content(bodies()));
        api.getPaths()
                .get(IMPORTS)
                .getPost()
                .setRequestBody(new RequestBody()
                        .required(true)
                        .content(new Content()
                                .addMediaType(
                                        org.springframework.http.MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                        new MediaType()
                                                .schema(new StringSchema()
                                                        .format("binary")
                                                        .description("A file of any kind that can be imported")))));
        api.getComponents().addSchemas(POSTED, posted());
    }

    private static void describe(Operation operation, Told told) {
        operation.setTags(List.of(told.tag()));
        operation.setOperationId(told.id());
        operation.setSummary(told.summary());
        ApiResponse answer = operation.getResponses().remove("200");
        operation.getResponses().addApiResponse(String.valueOf(told.status()), answer);
    }

    private static Content bodies() {
        Schema<?> one = new Schema<>().$ref(POSTED);
        return new Content()
                .addMediaType(
                        org.springframework.http.MediaType.APPLICATION_JSON_VALUE,
                        new MediaType().schema(new ArraySchema().items(one).description("One alone is taken too")))
                .addMediaType(
                        org.springframework.http.MediaType.APPLICATION_NDJSON_VALUE,
                        new MediaType().schema(new StringSchema().description("An event a line, answered in lines")));
    }

    private static Schema<?> posted() {
        return new ObjectSchema()
                .description("What a caller says of an event; one that was read from a ledger can be sent as it is")
                .addProperty("id", name().description("Sent again, it is answered as it was at first"))
                .addProperty("type", name().description("Such as task:started"))
                .addProperty("aggregateId", name())
                .addProperty("aggregateType", name().description("agent, task, memory or swarm"))
                .addProperty("version", whole("The version that it is to become; any unless given"))
                .addProperty("timestamp", new Schema<>().type("number").format("double"))
                .addProperty("source", name().description("An agent's id, or swarm"))
                .addProperty("payload", new MapSchema().additionalProperties(true))
                .addProperty("metadata", new MapSchema().additionalProperties(true))
                .addProperty("causationId", name())
                .addProperty("correlationId", name())
                .required(List.of("type", "aggregateId", "payload"));
    }

    private static StringSchema name() {
        StringSchema name = new StringSchema();
        name.setMaxLength(Require.LONGEST_NAME);
        return name;
    }

    private static Schema<?> whole(String description) {
        return new Schema<>().type("integer").format("int64").description(description);
    }
}
