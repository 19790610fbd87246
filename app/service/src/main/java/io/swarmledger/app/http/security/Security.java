package io.swarmledger.app.http.security;

import static org.springframework.security.config.http.SessionCreationPolicy.STATELESS;

import io.swarmledger.app.http.HttpProperties;
import io.swarmledger.app.http.OwnServer;
import io.swarmledger.app.http.Problem;
import io.swarmledger.app.http.page.ProblemPage;
import io.swarmledger.app.token.Role;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.servlet.filter.OrderedFilter;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.AbstractSecurityWebApplicationInitializer;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who may ask for what. On the loopback everybody may, unless there are tokens; elsewhere nobody without one. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class Security {

    private static final String OWN_ONLY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';" + " frame-ancestors 'none'";

    /** The pages of Swagger UI have images in their style sheets and styles in their elements; no script of that kind. */
    private static final String OF_SWAGGER_UI = OWN_ONLY + "; img-src 'self' data:; style-src 'self' 'unsafe-inline'";

    private static final String SIGN_IN = "/sign-in";

    /** What that page, to which a request is forwarded, is made of: the same for every ledger. */
    private static final String[] OF_SIGN_IN = {
        "/assets/ledger.css", "/assets/sign-in.js", "/assets/base.js", "/assets/icon.svg"
    };

    /** Where Boot has it. */
    private static final int BEFORE_REQUESTS_ARE_WRAPPED = OrderedFilter.REQUEST_WRAPPER_FILTER_MAX_ORDER - 100;

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** In which a page sends the CSRF token that goes with its cookie. */
    static final String CSRF_HEADER = "X-XSRF-TOKEN";

    private static final String PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    @Bean
    SecurityFilterChain ledgerSecurity(
            HttpSecurity http,
            Tokens tokens,
            Sessions sessions,
            HttpProperties properties,
            @Value("${server.tomcat.threads.max:200}") int threads) {
        Bodies bodies = new Bodies(properties.bodyPatience(), properties.slowBodies(), threads);
        return http.addFilterAfter(new BodyFilter(bodies), HeaderWriterFilter.class)
                .addFilterAfter(new SameOriginFilter(tokens.isLoopback(), properties.allowedHosts()), BodyFilter.class)
                .addFilterBefore(new TokenFilter(tokens, sessions), CsrfFilter.class)
                .addFilterBefore(new RateFilter(properties.rate()), CsrfFilter.class)
                .authorizeHttpRequests(Security::rules)
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens())
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                        .requireCsrfProtectionMatcher(
                                request -> TokenFilter.isByCookie(request) && !SAFE.contains(request.getMethod())))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(Security::unknownCaller)
                        .accessDeniedHandler(Security::notAllowed))
                .headers(Security::headers)
                .sessionManagement(session -> session.sessionCreationPolicy(STATELESS))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .httpBasic(basic -> basic.disable())
                .formLogin(form -> form.disable())
                .build();
    }

    /** Without Boot's part of Spring Security, which would lock the rest of an application that has a ledger. */
    @Bean
    DelegatingFilterProxyRegistrationBean ledgerSecurityFilter() {
        DelegatingFilterProxyRegistrationBean filter = new DelegatingFilterProxyRegistrationBean(
                AbstractSecurityWebApplicationInitializer.DEFAULT_FILTER_NAME);
        filter.setOrder(BEFORE_REQUESTS_ARE_WRAPPED);
        filter.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return filter;
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> ledgerBodies() {
        return factory -> factory.addContextCustomizers(context -> {
            context.getPipeline().addValve(new AbandonedBodies());
            context.getPipeline().addValve(new ArrivedBytes());
        });
    }

    /** A body that stalls is waited for as long as one that drips; heads are not. */
    @Bean
    @OwnServer
    TomcatConnectorCustomizer ledgerBodyPatience(HttpProperties properties) {
        return connector -> {
            connector.setProperty("disableUploadTimeout", "false");
            connector.setProperty(
                    "connectionUploadTimeout",
                    String.valueOf(properties.bodyPatience().toMillis()));
        };
    }

    /** Otherwise every filter of every request is watched and timed: measured, that cost more than what they do. */
    @Bean
    SecurityObservationSettings ledgerUnwatchedSecurity() {
        return SecurityObservationSettings.noObservations();
    }

    private static CookieCsrfTokenRepository csrfTokens() {
        CookieCsrfTokenRepository repository = CookieCsrfTokenRepository.withHttpOnlyFalse();
        repository.setHeaderName(CSRF_HEADER);
        repository.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
        return repository;
    }

    /** From the particular to the general; what nobody thought of needs a token at least. */
    private static void rules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules) {
        String reader = Role.reader.name();
        String writer = Role.writer.name();
        String operator = Role.operator.name();
        rules
                // They go on from a request that was let in, or answer one that was not.
                .dispatcherTypeMatchers(
                        DispatcherType.ASYNC, DispatcherType.FORWARD, DispatcherType.INCLUDE, DispatcherType.ERROR)
                .permitAll()
                // A probe has no token; without one it is told no more than up or down.
                .requestMatchers(HttpMethod.GET, "/actuator/health", "/actuator/health/*")
                .access((caller, request) -> new AuthorizationDecision(!TokenFilter.isWrong(request.getRequest())))
                .requestMatchers(HttpMethod.GET, OF_SIGN_IN)
                .permitAll()
                .requestMatchers("/actuator", "/actuator/**")
                .hasRole(operator)
                .requestMatchers("/api/session")
                .hasRole(reader)
                .requestMatchers(request -> SAFE.contains(request.getMethod()))
                .hasRole(reader)
                .requestMatchers("/api/operations/**", "/api/projections/**", "/api/imports")
                .hasRole(operator)
                .anyRequest()
                .hasRole(writer);
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        RequestMatcher swagger = PathPatternRequestMatcher.withDefaults().matcher("/swagger-ui/**");
        headers.addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                        swagger, new ContentSecurityPolicyHeaderWriter(OF_SWAGGER_UI)))
                .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                        new NegatedRequestMatcher(swagger), new ContentSecurityPolicyHeaderWriter(OWN_ONLY)))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .permissionsPolicyHeader(permissions -> permissions.policy(PERMISSIONS))
                .crossOriginOpenerPolicy(opener ->
                        opener.policy(CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(resource ->
                        resource.policy(CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy.SAME_ORIGIN));
    }

    private static void unknownCaller(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        if (TokenFilter.isUnknown(request)) {
            ProblemAnswer.write(response, SecurityProblems.tokensUnreadable(response));
            return;
        }
        boolean wrong = TokenFilter.isWrong(request);
        if (!wrong && SAFE.contains(request.getMethod()) && ProblemPage.isMeant(request)) {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            request.getRequestDispatcher(SIGN_IN).forward(request, response);
            return;
        }
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                "Bearer realm=\"swarm-ledger\"" + (wrong ? ", error=\"invalid_token\"" : ""));
        ProblemAnswer.write(
                response,
                Problem.of(
                        HttpStatus.UNAUTHORIZED,
                        wrong ? "wrong-token" : "token-missing",
                        wrong ? "Wrong token" : "Token missing",
                        wrong
                                ? "What the header Authorization presents is no token of this ledger, or one that was revoked"
                                : "Send a token of this ledger in the header Authorization: Bearer"));
    }

    private static void notAllowed(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
            throws IOException {
        ProblemAnswer.write(
                response,
                Problem.of(
                        HttpStatus.FORBIDDEN,
                        "not-allowed",
                        "Not allowed",
                        refusal instanceof org.springframework.security.web.csrf.CsrfException
                                ? "A session's request that changes something has to carry its CSRF token, which GET"
                                        + " /api/session tells"
                                : "The role of this token does not include that"));
    }

    /** Paths and headers that no well-meant request has. */
    @Bean
    RequestRejectedHandler ledgerRejectedRequests() {
        return (request, response, refusal) -> ProblemAnswer.write(response, SecurityProblems.rejected());
    }
}
