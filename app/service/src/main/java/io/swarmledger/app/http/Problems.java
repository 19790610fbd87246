package io.swarmledger.app.http;

import io.swarmledger.app.door.BodyNotAwaited;
import io.swarmledger.app.door.Refusal;
import io.swarmledger.commands.CompletionFailed;
import io.swarmledger.commands.RuleFailed;
import io.swarmledger.query.ReadFault;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.WebRequest;

/** What each refusal and each fault is in HTTP: an RFC 9457 problem. No stack trace leaves the process. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class Problems extends ProtocolProblems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String HEALTH = "/actuator/health/";
    private static final String TOLD = Problems.class.getName() + ".told";

    /** Whatever the protocol itself does not refuse. */
    @ExceptionHandler
    ResponseEntity<Object> refused(Exception failure, WebRequest request) {
        if (failure instanceof IllegalStateException && path(request).startsWith(HEALTH)) {
            // Boot's own way to say that it knows no component of that name, when more of the path comes behind it.
            return answer(Problem.of(HttpStatus.NOT_FOUND, "There is nothing at " + path(request)), HttpHeaders.EMPTY);
        }
        Refusal refusal = Refusal.of(failure);
        if (!refusal.isForeseen()) {
            LOG.error("A request failed in a way that nobody foresaw", failure);
        } else if (failure instanceof ReadFault) {
            LOG.error("{}", failure.getMessage());
        } else if (failure instanceof RuleFailed || failure instanceof CompletionFailed) {
            LOG.error("What an aggregate is made of failed", failure);
        }
        return answer(refusal, failure, request);
    }

    private static ResponseEntity<Object> answer(Refusal refusal, Exception failure, WebRequest request) {
        HttpHeaders headers = new HttpHeaders();
        if (refusal.retryAfter() > 0) {
            headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(refusal.retryAfter()));
        }
        if (notAwaited(failure) != null) {
            headers.setConnection("close");
        }
        ProblemDetail problem = Problem.of(refusal);
        request.setAttribute(TOLD, problem, RequestAttributes.SCOPE_REQUEST);
        return answer(problem, headers);
    }

    /** What was answered, should the container have broken off the answer for the sake of the request's broken body. */
    static ProblemDetail told(jakarta.servlet.ServletRequest request) {
        return request.getAttribute(TOLD) instanceof ProblemDetail problem ? problem : null;
    }

    private static BodyNotAwaited notAwaited(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyNotAwaited notAwaited) {
                return notAwaited;
            }
        }
        return null;
    }

    /** A body that Spring reads. */
    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException refusal, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        BodyNotAwaited notAwaited = notAwaited(refusal);
        return notAwaited == null
                ? super.handleHttpMessageNotReadable(refusal, headers, status, request)
                : answer(Refusal.of(notAwaited), notAwaited, request);
    }

    /** Nobody is there to be answered. */
    @ExceptionHandler
    void gone(ClientAbortException gone) {
        LOG.debug(
                "The sender of a request is gone: {}",
                NestedExceptionUtils.getMostSpecificCause(gone).getMessage());
    }
}
