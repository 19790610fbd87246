package io.swarmledger.app.http.events;

import io.swarmledger.app.http.Problem;
import io.swarmledger.app.http.RefusalProblems;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What becomes of a request with events of which one is refused: that refusal's own problem, and where it was. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class AppendProblems {

    private static final Logger LOG = LoggerFactory.getLogger(AppendProblems.class);

    private final RefusalProblems problems;

    AppendProblems(RefusalProblems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> stopped(AppendStopped stopped) {
        ResponseEntity<ProblemDetail> problem;
        if (stopped.refusal() instanceof MalformedBody malformed) {
            problem = malformed(malformed);
        } else if (stopped.refusal() instanceof BodyTooLarge tooLarge) {
            problem = tooLarge(tooLarge);
        } else {
            problem = problems.of(stopped.refusal());
        }
        stopped.describeIn(problem.getBody());
        return problem;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> malformed(MalformedBody malformed) {
        ProblemDetail problem =
                Problem.of(HttpStatus.BAD_REQUEST, "malformed", "Malformed request", malformed.getMessage());
        problem.setProperty("line", malformed.line());
        problem.setProperty("column", malformed.column());
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooLarge(BodyTooLarge tooLarge) {
        return answer(Problem.of(HttpStatus.CONTENT_TOO_LARGE, "too-large", "Too large", tooLarge.getMessage()));
    }

    /** What an answer ends with that has begun before its request broke off. */
    static ProblemDetail brokenOff() {
        return Problem.of(
                HttpStatus.BAD_REQUEST,
                "malformed",
                "Malformed request",
                "The body ends before its end, its chunks are broken, or it did not arrive in time: what was answered"
                        + " until here is appended");
    }

    /** Nobody is there to be answered. */
    @ExceptionHandler
    void gone(ClientAbortException gone) {
        LOG.debug("The sender of events is gone: {}", gone.getMessage());
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }
}
