package io.swarmledger.app.http.stream;

import io.swarmledger.app.door.TooManyFollowers;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** How an answer without end begins. */
final class EventStreams {

    private EventStreams() {}

    /**
     * Takes a place and sends the headers.
     *
     * @throws TooManyFollowers if all places are taken
     */
    static AsyncContext begin(HttpServletRequest request, HttpServletResponse response, Followers places)
            throws IOException {
        places.takePlace();
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding("UTF-8");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            // Proxies that gather answers would hold back what is live.
            response.setHeader("X-Accel-Buffering", "no");
            // What is behind the headers may be long in coming.
            response.getOutputStream().flush();
            AsyncContext context = request.startAsync(request, response);
            context.setTimeout(0);
            return context;
        } catch (IOException | RuntimeException gone) {
            places.givePlaceBack();
            throw gone;
        }
    }
}
