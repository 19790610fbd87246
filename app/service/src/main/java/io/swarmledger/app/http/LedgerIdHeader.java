package io.swarmledger.app.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Says in every answer whose positions it speaks of: those of two ledgers are not comparable. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class LedgerIdHeader extends OncePerRequestFilter {

    static final String NAME = "X-Ledger-Id";

    private final String ledgerId;

    LedgerIdHeader(LedgerId id) {
        ledgerId = id.toString();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(NAME, ledgerId);
        chain.doFilter(request, response);
    }

    /** The container may have reset what a failed dispatch had set. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
