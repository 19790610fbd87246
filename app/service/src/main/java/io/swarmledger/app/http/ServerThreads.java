package io.swarmledger.app.http;

import io.swarmledger.app.worker.Workers;
import java.util.regex.Pattern;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The server's threads that take connections and find what was sent on them. One that meets an error ends, and nothing
 * starts it again: from then on nobody is answered any more.
 */
@Component
@OwnServer
class ServerThreads {

    private static final Pattern VITAL = Pattern.compile("https?-.*-(Acceptor|Poller)");

    private final Workers workers;

    ServerThreads(Workers workers) {
        this.workers = workers;
    }

    @EventListener(WebServerInitializedEvent.class)
    void started() {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> VITAL.matcher(thread.getName()).matches())
                .forEach(workers::dependOn);
    }
}
