package io.swarmledger.app.architecture.broken.commands.agent;

import io.swarmledger.app.architecture.broken.commands.task.AnotherFeature;
import io.swarmledger.app.architecture.broken.query.SeesTheCommandSide;
import java.time.Instant;

/** Breaks: commands see only events; time enters with the command; features do not know each other. */
public record SeesQueryAndTheClock(SeesTheCommandSide query, AnotherFeature task) {

    Instant whenever() {
        return Instant.now();
    }
}
