package io.swarmledger.app.http;

import io.swarmledger.app.SwarmLedgerApplication;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Properties;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import tools.jackson.databind.JsonNode;

/** The service as {@code serve} starts it, on a free port, and a client that speaks plain HTTP to it. */
public final class HttpLedger implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private HttpLedger(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** A ledger that is gone at the end. */
    public static HttpLedger inMemory(String... properties) {
        return in(":memory:", properties);
    }

    /** The ledger in that directory. */
    public static HttpLedger in(Object directory, String... properties) {
        try {
            Properties asServed = PropertiesLoaderUtils.loadProperties(
                    new ClassPathResource("io/swarmledger/app/cli/application.properties"));
            asServed.setProperty("server.address", "127.0.0.1");
            asServed.setProperty("server.port", "0");
            String[] arguments = Stream.concat(Stream.of("swarm-ledger.data=" + directory), Stream.of(properties))
                    .map(property -> "--" + property)
                    .toArray(String[]::new);
            return new HttpLedger(new SpringApplicationBuilder(SwarmLedgerApplication.class)
                    .properties(asServed)
                    .run(arguments));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** One answer. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String text() {
            return response.body();
        }

        public JsonNode json() {
            return Json.mapper().readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }

    public int port() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** Posts JSON as it is written here. */
    public Answer post(String path, String body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** A request to be built further. */
    public HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
