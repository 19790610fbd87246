package io.swarmledger.app.http;

import io.swarmledger.app.command.EventIdTaken;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.commands.IdBelongsToAnotherType;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.commands.RuleBroken;
import io.swarmledger.commands.UnknownAggregate;
import io.swarmledger.commands.VersionConflict;
import io.swarmledger.query.BeyondHead;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.QuestionRefused;
import io.swarmledger.query.ReadFault;
import io.swarmledger.query.ViewBehind;
import io.swarmledger.query.log.NotYetBorn;
import io.swarmledger.query.view.UnreadableEvent;
import jakarta.servlet.http.HttpServletRequest;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What each refusal and each fault is in HTTP: an RFC 9457 problem. No stack trace leaves the process. */
@RestControllerAdvice
class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String HEALTH = "/actuator/health/";
    private static final String RETRY_AFTER_SECONDS = "1";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> malformed(MalformedCommand refusal) {
        return answer(atFault(refusal.isOutOfRange(), refusal.field(), refusal.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(InvalidQuery refusal) {
        return answer(atFault(refusal.isOutOfRange(), refusal.field(), refusal.getMessage()));
    }

    private static ProblemDetail atFault(boolean outOfRange, String field, String detail) {
        HttpStatus status = outOfRange ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.BAD_REQUEST;
        return Problem.field(Problem.of(status, detail), field);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unknown(UnknownAggregate refusal) {
        return answer(Problem.of(HttpStatus.NOT_FOUND, refusal.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> notThere(NotThere refusal) {
        return answer(Problem.of(HttpStatus.NOT_FOUND, refusal.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> notYetBorn(NotYetBorn refusal) {
        ProblemDetail problem = Problem.of(HttpStatus.NOT_FOUND, "not-yet-born", "Not there yet", refusal.getMessage());
        problem.setProperty("birth", refusal.birth());
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> ruleBroken(RuleBroken refusal) {
        ProblemDetail problem = Problem.of(HttpStatus.CONFLICT, "rule-broken", "Rule broken", refusal.getMessage());
        problem.setProperty("rule", refusal.rule());
        problem.setProperty("state", refusal.state());
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> anotherType(IdBelongsToAnotherType refusal) {
        ProblemDetail problem =
                Problem.of(HttpStatus.CONFLICT, "id-of-another-type", "Id of another type", refusal.getMessage());
        problem.setProperty("rule", IdBelongsToAnotherType.class.getSimpleName());
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> idTaken(EventIdTaken refusal) {
        ProblemDetail problem =
                Problem.of(HttpStatus.CONFLICT, "event-id-taken", "Event id taken", refusal.getMessage());
        problem.setProperty("takenBy", refusal.takenBy());
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> versionConflict(VersionConflict refusal) {
        ProblemDetail problem =
                Problem.of(HttpStatus.CONFLICT, "version-conflict", "Version conflict", refusal.getMessage());
        problem.setProperty("expectedVersion", refusal.expectedVersion());
        problem.setProperty("currentVersion", refusal.currentVersion());
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> conflict(ConcurrencyException conflict) {
        return answer(Problem.of(
                HttpStatus.CONFLICT,
                "version-conflict",
                "Version conflict",
                "The aggregate was changed by others again and again while this was decided: nothing was written"));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> beyondHead(BeyondHead refusal) {
        ProblemDetail problem =
                Problem.of(HttpStatus.GONE, "beyond-head", "Beyond the head of this ledger", refusal.getMessage());
        problem.setProperty("field", refusal.field());
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> viewBehind(ViewBehind behind) {
        ProblemDetail problem =
                Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "view-behind", "View behind", behind.getMessage());
        problem.setProperty("field", "minPosition");
        return later(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> questionRefused(QuestionRefused refusal) {
        return later(
                switch (refusal.reason()) {
                    case TIMED_OUT -> Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE, "query-timeout", "Query timed out", refusal.getMessage());
                    case TOO_MANY -> Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "too-many-queries",
                            "Too many queries",
                            refusal.getMessage());
                    case NO_ROOM -> Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE, "no-room", "No room for the answer", refusal.getMessage());
                });
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> logFault(LogFault fault) {
        return switch (fault.kind()) {
            case TOO_LARGE -> answer(Problem.of(HttpStatus.CONTENT_TOO_LARGE, fault.getMessage()));
            case DISK_FULL -> answer(
                    Problem.of(HttpStatus.INSUFFICIENT_STORAGE, "disk-full", "Disk full", fault.getMessage()));
            case OVERLOADED, BUSY, CLOSED, INCOMPLETE, BROKEN -> later(Problem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "log-" + fault.kind().name().toLowerCase(),
                    "The log takes nothing",
                    fault.getMessage()));
        };
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(ReadFault fault) {
        LOG.error("{}", fault.getMessage());
        return later(Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "unreadable", "Ledger unreadable", fault.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(UnreadableEvent unreadable) {
        return answer(Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR, "unreadable-event", "Unreadable event", unreadable.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unforeseen(Exception failure, HttpServletRequest request) {
        if (failure instanceof IllegalStateException && request.getRequestURI().startsWith(HEALTH)) {
            // Boot's own way to say that it knows no component of that name, when more of the path comes behind it.
            return answer(Problem.of(HttpStatus.NOT_FOUND, "There is nothing at " + request.getRequestURI()));
        }
        LOG.error("A request failed in a way that nobody foresaw", failure);
        return answer(Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, null));
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    private static ResponseEntity<ProblemDetail> later(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .body(problem);
    }
}
