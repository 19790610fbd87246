package io.swarmledger.app.http.operations;

import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.exports.ExportFailed;
import io.swarmledger.app.http.Problem;
import io.swarmledger.app.log.sqlite.SqliteErrors;
import io.swarmledger.app.view.ReplayRefused;
import io.swarmledger.app.view.UnknownDeadLetter;
import io.swarmledger.app.view.UnknownProjection;
import io.swarmledger.query.InvalidQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What the refusals of operations are in HTTP. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class OperationProblems {

    private static final Logger LOG = LoggerFactory.getLogger(OperationProblems.class);
    private static final String RETRY_AFTER_SECONDS = "10";

    @ExceptionHandler({UnknownProjection.class, UnknownDeadLetter.class, NothingFollowed.class})
    ProblemDetail unknown(RuntimeException refusal) {
        return Problem.of(HttpStatus.NOT_FOUND, "unknown", "Not there", refusal.getMessage());
    }

    @ExceptionHandler({ReplayRefused.class, OperationRefused.class})
    ProblemDetail refused(RuntimeException refusal) {
        return Problem.of(HttpStatus.CONFLICT, "operation-refused", "Operation refused", refusal.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> full(OperationsFull refusal) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .body(Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE, "operations-full", "Too much to do", refusal.getMessage()));
    }

    /** Why an operation failed, for whoever follows it. */
    static ProblemDetail of(Throwable failure) {
        if (failure instanceof OperationRefused || failure instanceof InvalidQuery) {
            return Problem.of(HttpStatus.CONFLICT, "operation-refused", "Operation refused", failure.getMessage());
        }
        if (SqliteErrors.isFull(failure)) {
            return Problem.of(HttpStatus.INSUFFICIENT_STORAGE, "disk-full", "Disk full", failure.getMessage());
        }
        if (failure instanceof ExportFailed || failure instanceof LedgerUnavailable) {
            return Problem.of(
                    HttpStatus.SERVICE_UNAVAILABLE, "operation-failed", "Operation failed", failure.getMessage());
        }
        LOG.error("An operation failed in a way that nobody foresaw", failure);
        return Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "unforeseen",
                "Unforeseen failure",
                "The ledger failed in a way that nobody foresaw; its own log says more");
    }
}
