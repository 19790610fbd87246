package example.coordinator;

import io.swarmledger.events.agent.AgentTaskCompleted;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How many tasks each agent has done, in the application's own database, in one transaction with the token. */
@Component
@ProcessingGroup("work-done")
class WorkDone {

    private final JdbcTemplate database;

    WorkDone(JdbcTemplate database) {
        this.database = database;
    }

    @EventHandler
    void on(AgentTaskCompleted completed) {
        int known = database.update("UPDATE WorkDone SET tasks = tasks + 1 WHERE agent = ?", completed.agentId());
        if (known == 0) {
            database.update("INSERT INTO WorkDone VALUES (?, 1)", completed.agentId());
        }
    }

    @ResetHandler
    void reset() {
        database.update("DELETE FROM WorkDone");
    }

    int of(String agentId) {
        return database.queryForList("SELECT tasks FROM WorkDone WHERE agent = ?", Integer.class, agentId).stream()
                .findFirst()
                .orElse(0);
    }
}
