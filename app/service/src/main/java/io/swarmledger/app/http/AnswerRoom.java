package io.swarmledger.app.http;

import io.swarmledger.query.Room;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** What a request is answered is in memory until it is sent, and takes of the room for all answers until then. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class AnswerRoom extends OncePerRequestFilter {

    private final Room room;

    AnswerRoom(Room room) {
        this.room = room;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (Room.Share share = room.share()) {
            chain.doFilter(request, response);
        }
    }
}
