package io.swarmledger.app.http.security;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swarmledger.app.token.Role;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What {@code /v3/api-docs} says of who may ask for what: how a caller is known, and which role each operation needs. The
 * format has no place for the roles of a token, so that they are in the text and, for programs, in {@value #ROLE}.
 */
@Configuration(proxyBeanMethods = false)
class SecurityDescription {

    static final String ROLE = "x-role";

    private static final String TOKEN = "token";
    private static final String SESSION = "session";
    private static final String CSRF = "csrf";

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String SESSIONS = "/api/session";
    private static final List<String> OF_OPERATORS = List.of("/api/operations", "/api/projections", "/api/imports");

    @Bean
    OpenApiCustomizer ledgerApiSecurity() {
        return api -> {
            describeSchemes(api);
            api.getPaths().forEach((path, item) -> item.readOperationsMap()
                    .forEach((method, operation) -> describe(method, path, operation)));
        };
    }

    private static void describeSchemes(OpenAPI api) {
        api.getComponents()
                .addSecuritySchemes(
                        TOKEN,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description(
                                        "A token of the ledger. Demanded of everybody once there is one, and always"
                                                + " of whoever comes from another machine"))
                .addSecuritySchemes(
                        SESSION,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.COOKIE)
                                .name(Sessions.COOKIE)
                                .description("What a browser traded its token for, at POST " + SESSIONS))
                .addSecuritySchemes(
                        CSRF,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name(Security.CSRF_HEADER)
                                .description("Beside the cookie with whatever changes something; GET " + SESSIONS
                                        + " tells it"));
    }

    private static void describe(HttpMethod method, String path, Operation operation) {
        SecurityRequirement session = new SecurityRequirement().addList(SESSION);
        if (!SAFE.contains(method)) {
            session.addList(CSRF);
        }
        operation.setSecurity(List.of(new SecurityRequirement(), new SecurityRequirement().addList(TOKEN), session));
        Role role = roleFor(method, path);
        operation.addExtension(ROLE, role.name());
        operation.setDescription(Stream.of(operation.getDescription(), "Where tokens are demanded: of a " + role + ".")
                .filter(text -> text != null)
                .reduce((said, more) -> said + " " + more)
                .orElseThrow());
    }

    /** As {@link Security} has it. */
    private static Role roleFor(HttpMethod method, String path) {
        if (SAFE.contains(method) || path.equals(SESSIONS)) {
            return Role.reader;
        }
        return OF_OPERATORS.stream().anyMatch(path::startsWith) ? Role.operator : Role.writer;
    }
}
