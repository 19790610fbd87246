package io.swarmledger.app.http.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Reads the range of each page. One that was typed leads to the address that means the same to whoever is sent it. */
final class Ranges implements HandlerInterceptor {

    private final ObjectProvider<Clock> clock;

    Ranges(ObjectProvider<Clock> clock) {
        this.clock = clock;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(handler instanceof HandlerMethod method)
                || !method.getBeanType().getPackage().equals(Range.class.getPackage())) {
            return true;
        }
        Range range = Range.of(request, clock.getObject().millis());
        if (isKept(range.after()) && isKept(range.before())) {
            return true;
        }
        String kept = Here.of(request)
                .with(
                        Range.AFTER,
                        range.after().kept(),
                        Range.BEFORE,
                        range.before().kept());
        response.sendRedirect(request.getContextPath() + kept);
        return false;
    }

    private static boolean isKept(Range.Bound bound) {
        return bound.typed() == null || bound.typed().equals(bound.kept());
    }
}
