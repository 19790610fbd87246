package io.swarmledger.app.cli;

import io.swarmledger.app.imports.ImportWish;
import io.swarmledger.app.imports.Imported;
import io.swarmledger.app.imports.RemoteImport;
import io.swarmledger.app.recorder.Known;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** A ledger that a service has, asked over HTTP. */
final class ServedLedger implements RemoteImport.Elsewhere, Known {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final long LOOK_MS = 100;
    private static final int NOT_FOUND = 404;
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final String address;
    private final String token;

    /**
     * The one at that address.
     *
     * @param token {@code null} where none is demanded
     */
    ServedLedger(URI address, String token) {
        String text = address.toString();
        this.address = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.token = token;
    }

    /** It refuses, or cannot be reached. */
    static final class Unserved extends RuntimeException {

        Unserved(String reason) {
            super(reason);
        }
    }

    @Override
    public Known known() {
        return this;
    }

    @Override
    public Imported take(Path file, ImportWish wish) throws IOException, InterruptedException {
        String prefix = wish.prefix().map(text -> "&prefix=" + encoded(text)).orElse("");
        HttpRequest.Builder upload = request(
                        "/api/imports?content=" + wish.content().word() + prefix)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofFile(file));
        String id = json(send(upload)).path("id").asString();
        CountDownLatch never = new CountDownLatch(1);
        JsonNode operation = operation(id);
        while (operation.path("finishedAt").isNull()) {
            never.await(LOOK_MS, TimeUnit.MILLISECONDS);
            operation = operation(id);
        }
        if (!operation.path("problem").isNull()) {
            throw new Unserved(operation.path("problem").path("detail").asString());
        }
        return Json.mapper().treeToValue(operation.path("result"), Imported.class);
    }

    private JsonNode operation(String id) {
        return json(send(request("/api/operations/" + id).timeout(ANSWER)));
    }

    @Override
    public boolean has(String eventId) {
        return event(eventId).isPresent();
    }

    @Override
    public Optional<Event> event(String eventId) {
        HttpResponse<String> answer =
                answer(request("/api/events/" + encoded(eventId)).timeout(ANSWER));
        return answer.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(event(json(accepted(answer))));
    }

    @Override
    public List<Event> last(String aggregateId, int most, String... types) {
        String filter = Stream.of(types)
                .map(type -> "&type=" + encoded(type))
                .collect(Collectors.joining("", "aggregateId=" + encoded(aggregateId), ""));
        List<Event> newestFirst = new ArrayList<>();
        json(send(request("/api/events?order=desc&limit=" + most + "&" + filter).timeout(ANSWER)))
                .path("items")
                .forEach(event -> newestFirst.add(event(event)));
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    private static Event event(JsonNode json) {
        return new Event(
                json.path("id").asString(),
                json.path("type").asString(),
                json.path("timestamp").asDouble(),
                json.path("payload"),
                Json.mapper().readValue(json.path("metadata").toString(), OBJECT));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return accepted(answer(request));
    }

    private HttpResponse<String> answer(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new UncheckedIOException("No ledger answers at " + address + ": " + unreachable, unreachable);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new Unserved("Interrupted before " + address + " had answered");
        }
    }

    private HttpResponse<String> accepted(HttpResponse<String> answer) {
        if (answer.statusCode() >= 200 && answer.statusCode() < 300) {
            return answer;
        }
        String detail;
        try {
            detail = Json.mapper().readTree(answer.body()).path("detail").asString("");
        } catch (JacksonException noProblem) {
            detail = "";
        }
        throw new Unserved(address + " answers " + answer.statusCode() + (detail.isEmpty() ? "" : ": " + detail));
    }

    private JsonNode json(HttpResponse<String> answer) {
        try {
            return Json.mapper().readTree(answer.body());
        } catch (JacksonException noJson) {
            throw new Unserved("What answers at " + address + " is no ledger");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
