package io.swarmledger.app.http.security;

import io.swarmledger.app.http.Problem;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What is found out about a request only while it is read. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecurityProblems {

    private static final String RETRY_AFTER_SECONDS = "10";
    private static final String SOON_SECONDS = "1";

    /** The rest of the body is not waited for: the connection ends with the answer. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooSlow(BodyTooSlow refusal) {
        return ResponseEntity.status(HttpStatus.REQUEST_TIMEOUT)
                .header(HttpHeaders.CONNECTION, "close")
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .body(Problem.of(HttpStatus.REQUEST_TIMEOUT, "body-too-slow", "Body too slow", refusal.getMessage()));
    }

    /** Nor is it here, where its thread is wanted for others. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> full(BodiesFull refusal) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.CONNECTION, "close")
                .header(HttpHeaders.RETRY_AFTER, SOON_SECONDS)
                .body(Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "too-many-bodies",
                        "Too many bodies under way",
                        refusal.getMessage()));
    }

    /** Names of parameters and values of headers are looked at when they are asked for. */
    @ExceptionHandler
    ProblemDetail rejected(RequestRejectedException refusal) {
        return rejected();
    }

    /** Why is for who operates the service: it would tell a stranger how its files lie. */
    static ProblemDetail tokensUnreadable(HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "tokens-unreadable",
                "Tokens unreadable",
                "The tokens of this ledger cannot be read, so that nobody is let in; the service's own log says why");
    }

    static ProblemDetail rejected() {
        return Problem.of(
                HttpStatus.BAD_REQUEST,
                "malformed",
                "Malformed request",
                "The path, a header or a parameter has characters that are not taken: what a path cannot say is asked"
                        + " with ?id=");
    }
}
