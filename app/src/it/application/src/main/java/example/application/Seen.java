package example.application;

import io.swarmledger.events.agent.AgentSpawned;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.replay.ReplayContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Which agents there are, in the application's own database: once by a tracking processor, once by a pooled one. */
abstract class Seen {

    /** What a reset is for. */
    record Reason(String why) {}

    private final JdbcTemplate database;
    private final String processor;

    Seen(JdbcTemplate database, String processor) {
        this.database = database;
        this.processor = processor;
    }

    @EventHandler
    void on(AgentSpawned spawned, ReplayStatus status, @ReplayContext Reason reason) {
        database.update(
                "INSERT INTO Seen VALUES (?, ?, ?, ?)",
                processor,
                spawned.agentId(),
                status.isReplay(),
                reason == null ? null : reason.why());
    }

    @ResetHandler
    void reset() {
        database.update("DELETE FROM Seen WHERE processor = ?", processor);
    }

    @Component
    @ProcessingGroup("tracking")
    static class ByTracking extends Seen {

        ByTracking(JdbcTemplate database) {
            super(database, "tracking");
        }
    }

    @Component
    @ProcessingGroup("pooled")
    static class ByPool extends Seen {

        ByPool(JdbcTemplate database) {
            super(database, "pooled");
        }
    }
}
