package example;

import io.swarmledger.Ledger;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.query.AtLeast;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.GetAgent;
import java.nio.file.Path;

/** A whole program that has a ledger. */
public final class OpensALedger {

    private OpensALedger() {}

    public static void main(String[] arguments) {
        try (Ledger ledger = Ledger.open(Path.of(arguments[0]))) {
            Appended spawned = ledger.commands().sendAndWait(new SpawnAgent("agent-1", "coder"));
            AgentView agent = ledger.queries()
                    .query(AtLeast.position(spawned.position(), new GetAgent("agent-1")), AgentView.class)
                    .join();
            System.out.println(agent.agent().role() + " on Java " + Runtime.version().feature());
        }
    }
}
