package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.token.Role;
import io.swarmledger.app.token.TokenFile;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** The routes are those that Spring MVC knows, so that none is forgotten here. */
@DisplayName("N2 missing, wrong, revoked token on every route, SSE, actuator and page")
@ExtendWith(OutputCaptureExtension.class)
class N02TokensTest {

    @TempDir
    static Path directory;

    private static HttpLedger ledger;
    private static TokenFile tokens;
    private static String reader;
    private static String writer;
    private static String operator;
    private static String revoked;

    @BeforeAll
    static void open() {
        tokens = new TokenFile(new LedgerFiles(directory));
        reader = tokens.create("rita", Role.reader, Clock.systemUTC());
        writer = tokens.create("walter", Role.writer, Clock.systemUTC());
        operator = tokens.create("olga", Role.operator, Clock.systemUTC());
        revoked = tokens.create("gone", Role.operator, Clock.systemUTC());
        ledger = HttpLedger.in(
                directory,
                "logging.level.org.springframework.security=TRACE",
                "logging.level.org.springframework.web=DEBUG",
                "swarm-ledger.http.rate=0");
        tokens.revoke("gone");
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private record Route(String method, String path) {

        boolean isRead() {
            return Set.of("GET", "HEAD", "OPTIONS").contains(method);
        }

        boolean isHealth() {
            return method.equals("GET") && path.startsWith("/actuator/health");
        }

        boolean isForOperators() {
            return path.startsWith("/actuator") && !isHealth()
                    || !isRead()
                            && (path.startsWith("/api/operations")
                                    || path.startsWith("/api/projections")
                                    || path.equals("/api/imports"));
        }
    }

    private static Set<Route> routes() {
        Set<Route> routes = new LinkedHashSet<>();
        ledger.bean(DispatcherServlet.class).getHandlerMappings().stream()
                .filter(RequestMappingInfoHandlerMapping.class::isInstance)
                .map(RequestMappingInfoHandlerMapping.class::cast)
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .forEach(info -> routes.addAll(routesOf(info)));
        // Pages and files are found by other means; what is not there is told only to those who may ask.
        Stream.of("/", "/index.html", "/swagger-ui/index.html", "/favicon.ico", "/no/such/path")
                .forEach(path -> routes.add(new Route("GET", path)));
        return routes;
    }

    private static List<Route> routesOf(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        return info.getPatternValues().stream()
                .map(pattern -> pattern.replaceAll("\\{\\*?[^}]*}", "x").replace("**", "x"))
                .flatMap(path -> (methods.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : methods)
                        .stream().map(method -> new Route(method.name(), path)))
                .toList();
    }

    private static Answer send(Route route, String authorization) {
        HttpRequest.Builder request = ledger.request(route.path()).method(route.method(), BodyPublishers.noBody());
        return ledger.send(authorization == null ? request : request.header("Authorization", authorization));
    }

    private static void assertUnknown(Route route, String authorization) {
        Answer answer = send(route, authorization);
        assertThat(answer.status()).as(route + " with " + authorization).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).as(route.toString()).startsWith("Bearer realm=");
        if (!route.method().equals("HEAD")) {
            assertThat(answer.header("Content-Type")).as(route.toString()).isEqualTo("application/problem+json");
            assertThat(answer.json().get("status").asInt()).isEqualTo(401);
        }
    }

    @Test
    void nobodyIsLetInAnywhereWithoutATokenOfTheLedger(CapturedOutput output) {
        Set<Route> routes = routes();
        assertThat(routes)
                .contains(
                        new Route("GET", "/api/projections"),
                        new Route("POST", "/api/operations/backup"),
                        new Route("POST", "/api/imports"),
                        new Route("GET", "/actuator/prometheus"),
                        new Route("GET", "/actuator/health"));
        String another = "slt_" + "A".repeat(43);
        for (Route route : routes) {
            if (route.isHealth()) {
                Answer probe = send(route, null);
                assertThat(probe.text()).as(route + " tells nothing").doesNotContain("components", "details", "path");
            } else {
                assertUnknown(route, null);
            }
            assertUnknown(route, "Bearer " + another);
            assertUnknown(route, "Bearer " + revoked);
            assertUnknown(route, "Bearer ");
            assertUnknown(route, "Basic " + operator);
            assertUnknown(route, operator);
            assertUnknown(route, "Bearer " + operator + "x");
        }
        assertThat(output.getAll()).doesNotContain(reader, writer, operator, revoked, another);
    }

    @Test
    void eachRoleMayDoWhatItIsForAndNoMore(CapturedOutput output) {
        for (Route route : routes()) {
            if (!route.isRead() || route.isForOperators()) {
                boolean session = route.path().equals("/api/session");
                Answer answer = send(route, "Bearer " + reader);
                if (!session) {
                    assertThat(answer.status()).as(route + " for a reader").isEqualTo(403);
                    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                }
            }
            if (route.isForOperators()) {
                assertThat(send(route, "Bearer " + writer).status())
                        .as(route + " for a writer")
                        .isEqualTo(403);
            }
        }
        assertThat(get("/api/projections", reader)).isEqualTo(200);
        assertThat(get("/api/operations", reader)).isEqualTo(200);
        assertThat(get("/actuator/prometheus", operator)).isEqualTo(200);
        assertThat(get("/actuator/health", reader)).isEqualTo(200);
        assertThat(send(new Route("POST", "/api/operations/verify"), "Bearer " + operator)
                        .status())
                .isEqualTo(202);
        assertThat(send(new Route("POST", "/api/operations/verify"), "bearer " + operator)
                        .status())
                .as("a scheme has no case")
                .isEqualTo(202);
        assertThat(output.getAll()).doesNotContain(reader, writer, operator, revoked);
    }

    private static int get(String path, String secret) {
        return send(new Route("GET", path), "Bearer " + secret).status();
    }

    @Test
    void whatIsMadeOrRevokedMeanwhileIsHonouredAtOnce() {
        for (int i = 0; i < 20; i++) {
            String secret = tokens.create("passing", Role.reader, Clock.systemUTC());
            assertThat(get("/api/projections", secret)).isEqualTo(200);
            tokens.revoke("passing");
            assertThat(get("/api/projections", secret)).isEqualTo(401);
        }
    }

    @Test
    void inAPathOrAQueryATokenIsNone() {
        assertThat(ledger.get("/api/projections?access_token=" + operator).status())
                .isEqualTo(401);
        assertThat(ledger.get("/api/projections", "Cookie", "swarm-ledger-session=" + operator)
                        .status())
                .isEqualTo(401);
    }
}
