package io.swarmledger.app.http;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swarmledger.app.door.Moment;
import io.swarmledger.query.log.RawJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;

/** The description at {@code /v3/api-docs}: what the handlers' signatures do not say, said once for all of them. */
@Configuration(proxyBeanMethods = false)
public class ApiDescription {

    /** The extension under which an operation may hand in one more {@link Schema}, by its name. */
    public static final String SCHEMA = "x-schema";

    private static final String PROBLEM = "Problem";
    private static final String ANY_JSON = "Any JSON";

    static {
        SpringDocUtils.getConfig()
                .addSimpleTypesForParameterObject(Moment.class)
                .replaceWithSchema(RawJson.class, new Schema<>().description(ANY_JSON))
                .replaceWithSchema(Object.class, new Schema<>().description(ANY_JSON))
                .replaceWithSchema(
                        Moment.class,
                        new StringSchema()
                                .description("A time: epoch milliseconds, or ISO 8601")
                                .example("2026-01-04T09:00:00.030Z"));
    }

    /** A parameter means the same wherever it is. */
    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("id", "The id. One that a path cannot say is asked for as ?id= behind the path without it"),
            Map.entry("status", "In that status"),
            Map.entry("domain", "Of that domain"),
            Map.entry("role", "Of that role"),
            Map.entry("parent", "Started by the agent of that id"),
            Map.entry("by", "What they have in common: agent, task, model, tool or swarm"),
            Map.entry("agentId", "Of the agent of that id"),
            Map.entry("health", "That are so now: ok, failing, silent or stopped"),
            Map.entry("stuck", "Those in progress that nobody is known to work on, or all others"),
            Map.entry("agent", "Assigned to the agent of that id"),
            Map.entry("type", "Of that type; of events, each of the types that are given"),
            Map.entry("priority", "Of that priority: critical, high, medium or low"),
            Map.entry("namespace", "In that namespace"),
            Map.entry("includeDeleted", "Those that were deleted or expired too"),
            Map.entry("swarmId", "Of that swarm"),
            Map.entry("rule", "That are incidents for that reason, such as failure or agent-silent"),
            Map.entry("open", "Those that somebody should look at, or all others"),
            Map.entry("limit", "At most so many; 100 unless given"),
            Map.entry("cursor", "Where the page before ended: its next"),
            Map.entry("top", "So many aggregates apart, those with most events; 100 unless given"),
            Map.entry("minPosition", "Waits until the answer has seen that position, for two seconds at most"),
            Map.entry("aggregateId", "Of the aggregate of that id; may be repeated"),
            Map.entry(
                    "aggregateType",
                    "Of that type of aggregate: agent, task, memory, swarm or incident; may be repeated"),
            Map.entry("after", "Later than that"),
            Map.entry("before", "Earlier than that"),
            Map.entry("fromVersion", "Of that version within the aggregate or a higher one"),
            Map.entry("afterPosition", "Behind that position"),
            Map.entry("correlationId", "With that correlation id"),
            Map.entry(
                    "q",
                    "Words, each in any letter case and from three letters on the beginning of one, the last part of an id"
                            + " from two on; \"these words\" as they stand there, field:word, -word for what is not to"
                            + " be there, is:failure"),
            Map.entry("failures", "Whether only what says that something failed"),
            Map.entry("outcome", "That ended so: failed or completed"),
            Map.entry(
                    "attribute",
                    "What they are told apart by, together with value: agent, role, type, attempt, model, tool, phase,"
                            + " sixth or hour"),
            Map.entry("value", "Those that have that value of the attribute"),
            Map.entry("others", "Instead those of which another value of it is known"),
            Map.entry("message", "Those that have that in common, as the group of failures says it"),
            Map.entry("tool", "Only calls of that tool"),
            Map.entry("model", "Only calls of that model"),
            Map.entry("taskId", "Only calls of tools and models that name that task"),
            Map.entry("offset", "Passing over so many"),
            Map.entry("sort", "By that field, with - before it for the greatest first; by id unless given"),
            Map.entry("format", "A table, or a line of JSON an item"),
            Map.entry("order", "By position, the oldest or the newest first; asc unless given"),
            Map.entry("version", "After the event of that version"),
            Map.entry("mode", "decide has the rules judge it; observe records it whatever they say"),
            Map.entry("name", "The name of a projection, such as agent-state; all for every one where it is replayed"),
            Map.entry("Idempotency-Key", "Becomes the event's id: sent again, it is answered as it was at first"),
            Map.entry("If-Match", "The version that the aggregate must be at, 0 for one that is not there"),
            Map.entry("position", "After the event of that position; 0 is the beginning, beyond the last is now"),
            Map.entry("from", "From after the event of that position on; 0 is the beginning"),
            Map.entry("fromAt", "The same, by a time: the highest position up to which no event is later"),
            Map.entry("to", "Up to the event of that position; now unless given"),
            Map.entry("toAt", "The same, by a time"),
            Map.entry(
                    "field",
                    "The field of its state that is counted, summed or asked about, such as status or duration"),
            Map.entry("a", "One run: the id of its swarm"),
            Map.entry("aFrom", "What happened in it behind that position"),
            Map.entry("aTo", "What happened in it up to that position; now unless given"),
            Map.entry("b", "The other run, likewise"),
            Map.entry("bFrom", "What happened in it behind that position"),
            Map.entry("bTo", "What happened in it up to that position; now unless given"),
            Map.entry("evidence", "With a link for each number that answers the events behind it"),
            Map.entry("at", "At that time: after the highest position up to which no event is later"));

    private static final Set<Integer> OF_READS = Set.of(400, 401, 403, 404, 410, 422, 429, 503);
    private static final Set<Integer> OF_WRITES = Set.of(400, 401, 403, 404, 409, 413, 415, 422, 429, 503, 507);

    @Bean
    OpenAPI ledgerApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Swarm Ledger")
                        .version("1")
                        .description("The system of record for swarms of AI agents. Times are epoch milliseconds,"
                                + " durations milliseconds, sizes bytes; all three may have fractions where the"
                                + " history that was imported had them.")
                        .license(new License()
                                .name("Apache License, Version 2.0")
                                .url("https://www.apache.org/licenses/LICENSE-2.0")));
    }

    @Bean
    OperationCustomizer ledgerFilterParts() {
        return (operation, handler) -> {
            for (MethodParameter parameter : handler.getMethodParameters()) {
                List<String> without = KnownParameters.without(parameter);
                if (!without.isEmpty()) {
                    operation.getParameters().removeIf(told -> without.contains(told.getName()));
                }
            }
            return operation;
        };
    }

    @Bean
    OpenApiCustomizer ledgerApiCommonalities() {
        return api -> {
            // Of the machine that it was asked on; whoever reads it knows where it is from.
            api.setServers(null);
            api.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .forEach(operation -> takeSchema(operation, api.getComponents()));
            PlainOperations.describe(api);
            api.getComponents().getSchemas().values().forEach(ApiDescription::leaveAnyJsonOpen);
            api.getComponents().addSchemas(PROBLEM, problem());
            api.getPaths().values().stream()
                    .flatMap(path -> path.readOperationsMap().entrySet().stream())
                    .forEach(operation -> describe(operation.getKey(), operation.getValue()));
        };
    }

    private static void takeSchema(Operation operation, Components components) {
        if (operation.getExtensions() != null && operation.getExtensions().remove(SCHEMA) instanceof Schema<?> one) {
            components.addSchemas(one.getName(), one);
        }
    }

    /** A schema without a type is one of any type, but becomes that of an object on its way into a record's. */
    private static void leaveAnyJsonOpen(Schema<?> schema) {
        if (ANY_JSON.equals(schema.getDescription())) {
            schema.setType(null);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(ApiDescription::leaveAnyJsonOpen);
        }
        if (schema.getAdditionalProperties() instanceof Schema<?> values) {
            leaveAnyJsonOpen(values);
        }
    }

    private static void describe(HttpMethod method, Operation operation) {
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(ApiDescription::describe);
        }
        operation
                .getResponses()
                .values()
                .forEach(response -> response.addHeaderObject(
                        LedgerIdHeader.NAME,
                        new Header().description("Whose positions these are").schema(new StringSchema())));
        for (int status : new TreeSet<>(method == HttpMethod.GET ? OF_READS : OF_WRITES)) {
            operation.getResponses().computeIfAbsent(String.valueOf(status), code -> refusal(status));
        }
    }

    private static void describe(Parameter parameter) {
        if (parameter.getDescription() == null) {
            parameter.setDescription(PARAMETERS.get(parameter.getName()));
        }
    }

    private static ApiResponse refusal(int status) {
        return new ApiResponse()
                .description(HttpStatus.valueOf(status).getReasonPhrase())
                .content(new Content()
                        .addMediaType(
                                org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                new MediaType().schema(new Schema<>().$ref(PROBLEM))));
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("What was wrong (RFC 9457)")
                .addProperty("type", new StringSchema().description("The kind: urn:swarm-ledger:problem:..."))
                .addProperty("title", new StringSchema().description("The kind in words"))
                .addProperty("status", new IntegerSchema().description("The status of the answer"))
                .addProperty("detail", new StringSchema().description("What was wrong this time, and where"))
                .addProperty("instance", new StringSchema().description("The path"))
                .addProperty("field", new StringSchema().description("The field or parameter at fault"))
                .addProperty("rule", new StringSchema().description("The rule that was broken"))
                .addProperty("index", new IntegerSchema().description("Which of several events was refused, from 0"))
                .addProperty("line", new IntegerSchema().description("Where the body is no JSON, from 1"))
                .addProperty("column", new IntegerSchema().description("Likewise"))
                .additionalProperties(true)
                .required(List.of("type", "title", "status"));
    }
}
