package io.swarmledger.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.token.Role;
import io.swarmledger.app.token.TokenFile;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What /v3/api-docs says, and what it must not leave out. */
class ApiDescriptionTest {

    private static HttpLedger ledger;
    private static SwaggerParseResult parsed;
    private static final Map<String, Operation> OPERATIONS = new LinkedHashMap<>();

    @BeforeAll
    static void read() {
        ledger = HttpLedger.inMemory();
        parsed = new OpenAPIV3Parser().readContents(ledger.get("/v3/api-docs").text(), null, null);
        OpenAPI api = parsed.getOpenAPI();
        api.getPaths().forEach((path, item) -> item.readOperationsMap()
                .forEach((method, operation) -> OPERATIONS.put(method + " " + path, operation)));
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void itIsValid() {
        assertThat(parsed.getMessages()).isEmpty();
    }

    /** The rows of the contract's table of paths; the stream has no schema that OpenAPI could tell. */
    @Test
    void everyPathOfTheContractIsInIt() {
        List<String> reads = List.of(
                ("events events/{id} aggregates/{id}/events aggregates/{id}/state aggregates/{id}/snapshot agents"
                                + " agents/{id} agents/metrics tasks tasks/{id} tasks/statistics memories memories/{id}"
                                + " memories/hot memories/cold memories/namespaces swarms swarms/{id} stats projections"
                                + " projections/{name}/replay operations/{id}")
                        .split(" "));
        List<String> writes =
                List.of(("events aggregates/{id}/snapshot agents agents/{id}/start agents/{id}/stop agents/{id}/fail"
                                + " agents/{id}/status agents/{id}/assign agents/{id}/complete tasks tasks/{id}/queue"
                                + " tasks/{id}/start tasks/{id}/complete tasks/{id}/fail tasks/{id}/block memories"
                                + " memories/{id}/retrieve memories/{id}/delete memories/{id}/expire swarms"
                                + " swarms/{id}/scale swarms/{id}/phase swarms/{id}/milestone swarms/{id}/error"
                                + " swarms/{id}/terminate projections/{name}/replay operations/backup"
                                + " operations/verify")
                        .split(" "));
        assertThat(OPERATIONS).containsKeys(named("GET", reads)).containsKeys(named("POST", writes));
    }

    private static String[] named(String method, List<String> paths) {
        return paths.stream().map(path -> method + " /api/" + path).toArray(String[]::new);
    }

    @Test
    void everyOperationHasANameOfItsOwnAndSaysWhatItIsFor() {
        assertThat(OPERATIONS.values().stream().map(Operation::getOperationId)).doesNotHaveDuplicates();
        OPERATIONS.forEach((name, operation) -> {
            assertThat(operation.getOperationId()).as(name).matches("[a-z][A-Za-z]+");
            assertThat(operation.getSummary()).as(name).isNotBlank();
            assertThat(operation.getTags())
                    .as(name)
                    .hasSize(1)
                    .isSubsetOf(
                            "agents",
                            "tasks",
                            "memories",
                            "swarms",
                            "events",
                            "aggregates",
                            "stats",
                            "incidents",
                            "search",
                            "runs",
                            "state",
                            "projections",
                            "operations",
                            "session",
                            "recorder",
                            "imports");
            if (operation.getParameters() != null) {
                operation.getParameters().forEach(parameter -> {
                    assertThat(parameter.getDescription())
                            .as(name + " " + parameter.getName())
                            .isNotBlank();
                    assertThat(parameter.getSchema())
                            .as(name + " " + parameter.getName())
                            .isNotNull();
                });
            }
        });
    }

    @Test
    void everyOperationSaysWhatItAnswersAndHowItRefuses() {
        OPERATIONS.forEach((name, operation) -> {
            Set<String> good = operation.getResponses().keySet().stream()
                    .filter(status -> status.startsWith("2"))
                    .collect(Collectors.toSet());
            assertThat(good).as(name).hasSize(1);
            operation.getResponses().forEach((status, answer) -> {
                if (status.startsWith("2")) {
                    assertThat(answer.getHeaders()).as(name).containsKey("X-Ledger-Id");
                    if (!status.equals("204")) {
                        assertThat(answer.getContent().keySet())
                                .as(name)
                                .containsAnyOf("application/json", "application/x-ndjson");
                    }
                } else {
                    assertThat(answer.getContent()
                                    .get("application/problem+json")
                                    .getSchema()
                                    .get$ref())
                            .as(name + " " + status)
                            .isEqualTo("#/components/schemas/Problem");
                }
            });
            assertThat(operation.getResponses()).as(name).containsKeys("400", "401", "403", "422", "429", "503");
            if (name.startsWith(HttpMethod.POST.name())) {
                assertThat(operation.getResponses()).as(name).containsKeys("409", "413", "415", "507");
            }
        });
    }

    @Test
    void anEventIsDescribedAsItIsInJson() {
        Map<String, ?> event = parsed.getOpenAPI()
                .getComponents()
                .getSchemas()
                .get("RecordedEvent")
                .getProperties();

        assertThat(event)
                .containsOnlyKeys(
                        "position",
                        "id",
                        "type",
                        "aggregateId",
                        "aggregateType",
                        "version",
                        "timestamp",
                        "source",
                        "payload",
                        "metadata",
                        "causationId",
                        "correlationId",
                        "swarmId",
                        "recordedAt",
                        "recordedBy");
        assertThat(schemaOf("RecordedEvent", "payload").getType())
                .as("whatever JSON there is")
                .isNull();
        assertThat(schemaOf("RecordedEvent", "timestamp").getType()).isEqualTo("number");
        assertThat(schemaOf("RecordedEvent", "position").getType()).isEqualTo("integer");
        assertThat(schemaOf("AgentView", "completedTasks").getType()).isEqualTo("array");
        assertThat(schemaOf("AgentView", "health").getType()).isEqualTo("string");
        assertThat(schemaOf("CompleteTask", "result").getType()).isNull();
        assertThat(schemaOf("CompleteTask", "metadata").getType()).isEqualTo("object");
    }

    @Test
    void everyOperationSaysHowItsCallerIsKnown() {
        Map<String, SecurityScheme> schemes =
                parsed.getOpenAPI().getComponents().getSecuritySchemes();
        assertThat(schemes).containsOnlyKeys("token", "session", "csrf");
        assertThat(schemes.get("token").getType()).isEqualTo(SecurityScheme.Type.HTTP);
        assertThat(schemes.get("token").getScheme()).isEqualTo("bearer");
        assertThat(schemes.get("session").getIn()).isEqualTo(SecurityScheme.In.COOKIE);
        assertThat(schemes.get("csrf").getIn()).isEqualTo(SecurityScheme.In.HEADER);

        OPERATIONS.forEach((name, operation) -> assertThat(operation.getSecurity())
                .as(name)
                .extracting(requirement -> Set.copyOf(requirement.keySet()))
                .containsExactly(
                        Set.of(),
                        Set.of("token"),
                        name.startsWith("GET ") ? Set.of("session") : Set.of("session", "csrf")));
    }

    /** Over HTTP: the role that is told is let in, and the one below it is not. */
    @Test
    void everyOperationSaysWhichRoleItNeeds(@TempDir Path directory) {
        TokenFile tokens = new TokenFile(new LedgerFiles(directory));
        Map<Role, String> secrets = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            secrets.put(role, tokens.create(role.name(), role, Clock.systemUTC()));
        }
        try (HttpLedger guarded = HttpLedger.in(directory, "swarm-ledger.http.rate=0")) {
            OPERATIONS.forEach((name, operation) -> {
                Role role = Role.valueOf((String) operation.getExtensions().get("x-role"));
                assertThat(operation.getDescription()).as(name).endsWith("of a " + role + ".");
                assertThat(statusOf(guarded, name, null)).as(name).isEqualTo(401);
                assertThat(statusOf(guarded, name, secrets.get(role))).as(name).isNotIn(401, 403);
                if (role != Role.reader) {
                    Role lesser = Role.values()[role.ordinal() - 1];
                    assertThat(statusOf(guarded, name, secrets.get(lesser)))
                            .as("%s for a %s", name, lesser)
                            .isEqualTo(403);
                }
            });

            Map<String, SecurityScheme> schemes =
                    parsed.getOpenAPI().getComponents().getSecuritySchemes();
            Answer session = guarded.post("/api/session", "", "Authorization", "Bearer " + secrets.get(Role.reader));
            assertThat(session.json().get("csrfHeader").stringValue())
                    .isEqualTo(schemes.get("csrf").getName());
            assertThat(session.response().headers().allValues("Set-Cookie"))
                    .anyMatch(cookie -> cookie.startsWith(schemes.get("session").getName() + "="));
        }
    }

    private static int statusOf(HttpLedger guarded, String operation, String secret) {
        String[] words = operation.replaceAll("\\{[^}]*}", "x").split(" ");
        HttpRequest.Builder request = guarded.request(words[1]).method(words[0], BodyPublishers.noBody());
        return guarded.send(secret == null ? request : request.header("Authorization", "Bearer " + secret))
                .status();
    }

    private static Schema<?> schemaOf(String record, String field) {
        return (Schema<?>) parsed.getOpenAPI()
                .getComponents()
                .getSchemas()
                .get(record)
                .getProperties()
                .get(field);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aStartWarnsOfNothing(CapturedOutput output) {
        HttpLedger.inMemory().close();

        assertThat(output.getAll()).contains(" INFO ").doesNotContain(" WARN ", " ERROR ");
    }

    @Test
    void peopleHaveAPage() {
        Answer page = ledger.get("/swagger-ui/index.html");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("swagger-ui-bundle.js");
        assertThat(ledger.get("/swagger-ui.html").header("Location")).isEqualTo("/swagger-ui/index.html");
        assertThat(ledger.get("/v3/api-docs/swagger-config").status()).isEqualTo(200);
    }
}
