package io.swarmledger.app.cli;

import io.swarmledger.query.PageOf;
import io.swarmledger.query.incident.FindIncidents;
import io.swarmledger.query.incident.Incidents;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "incidents",
        description = {
            "What is wrong, cause by cause, and what rules of alerts have raised; beside a running service too.",
            "Exit code 1 if something is open or raised, or not everything could be considered, so that cron can tell."
        },
        mixinStandardHelpOptions = true)
final class ListIncidents extends Query.ListQuestion {

    @Option(names = "--all", description = "Those that are recovered, ended or acknowledged too.")
    private boolean all;

    @Option(names = "--rule", description = "For that reason alone, such as failure or agent-silent.")
    private String rule;

    @Mixin
    private TimeOptions time;

    @Override
    public Integer call() {
        Incidents incidents = Answers.to(
                new FindIncidents(swarmId, rule, all ? null : Boolean.TRUE, time.after(), time.before(), limit, cursor),
                ResponseTypes.instanceOf(Incidents.class),
                data);
        Output output = output();
        if (json) {
            output.json(incidents);
        } else {
            output.page(incidents.page(), Tables.INCIDENTS);
            if (!incidents.alerts().isEmpty()) {
                output.table(incidents.alerts(), Tables.ALERTS);
                output.note(incidents.alerts().size() + " raised by rules of alerts");
            }
            if (!incidents.isWhole()) {
                output.note("Not everything was considered: there are older failures, or more that stands still");
            }
        }
        if (swarmId != null && incidents.total() == 0 && !isAnyEventOf(swarmId)) {
            output.note("No event is in a swarm of the name " + swarmId);
            return 1;
        }
        boolean isWell = incidents.open() == 0
                && incidents.isWhole()
                && incidents.alerts().isEmpty();
        return isWell ? 0 : 1;
    }

    /** A name with a typing error would be calm for good. */
    private boolean isAnyEventOf(String swarm) {
        return !Answers.to(
                        FindEvents.all().with(events -> events.swarmId(swarm).limit(1)),
                        PageOf.items(RecordedEvent.class),
                        data)
                .items()
                .isEmpty();
    }
}
