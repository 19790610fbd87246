package io.swarmledger.app.http;

import java.lang.reflect.Method;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.method.annotation.ExceptionHandlerMethodResolver;

/** The problem that a refusal is, for whoever cannot throw it: its answer has begun, or tells of more than that. */
@Component
public class RefusalProblems {

    private static final ExceptionHandlerMethodResolver HANDLERS = new ExceptionHandlerMethodResolver(Problems.class);

    private final Problems problems;

    RefusalProblems(Problems problems) {
        this.problems = problems;
    }

    /** What {@link Problems} makes of it. */
    @SuppressWarnings("unchecked")
    public ResponseEntity<ProblemDetail> of(RuntimeException refusal) {
        Method handler = HANDLERS.resolveMethodByThrowable(refusal);
        try {
            handler.setAccessible(true);
            return (ResponseEntity<ProblemDetail>) handler.invoke(problems, refusal);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(handler + " takes more than the refusal", impossible);
        }
    }
}
