package io.swarmledger.app.cli;

import io.swarmledger.app.door.Shown;
import io.swarmledger.app.view.Replay;
import io.swarmledger.app.view.Replays;
import io.swarmledger.query.ReadModels;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description = "Resets a view's processor and rebuilds the view from the log.",
        mixinStandardHelpOptions = true)
final class ReplayViews implements Callable<Integer> {

    private static final String ALL = "all";
    private static final int LOOK_AGAIN_MS = 50;

    @Mixin
    private LedgerOption data;

    @Parameters(
            paramLabel = "NAME|all",
            description = "agent-state, task-history, memory-index, swarm-overview, or all of them from one reading")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        List<String> names = name.equals(ALL) ? ReadModels.ofLedger().projections() : List.of(name);
        if (!ReadModels.ofLedger().projections().containsAll(names)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no view " + Shown.text(name) + "; there are "
                            + String.join(", ", ReadModels.ofLedger().projections()) + ", all");
        }
        try (OpenLedger ledger = OpenLedger.of(data)) {
            Replay.Progress done = ledger.reading(() -> {
                ledger.catchUp();
                return rebuilt(ledger.bean(Replays.class), names).progress();
            });
            spec.commandLine()
                    .getErr()
                    .printf("%s rebuilt from %,d events%n", String.join(", ", names), done.position());
            return 0;
        }
    }

    /** A replay that was killed goes on by itself when the ledger is opened: it is that one, or comes before. */
    private static Replay rebuilt(Replays replays, List<String> names) throws Exception {
        for (String one : names) {
            Optional<Replay> goingOn =
                    replays.latest(one).filter(last -> !last.done().isDone());
            if (goingOn.isPresent()) {
                follow(goingOn.get());
                if (goingOn.get().progress().projections().containsAll(names)) {
                    return goingOn.get();
                }
            }
        }
        Replay replay = replays.start(names);
        follow(replay);
        return replay;
    }

    private static void follow(Replay replay) throws Exception {
        try (Bar bar = new Bar("replay", replay.progress().target())) {
            while (true) {
                bar.at(replay.progress().position(), replay.progress().target());
                try {
                    replay.done().get(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
                    bar.at(replay.progress().position());
                    return;
                } catch (TimeoutException goesOn) {
                    // Looked at again.
                }
            }
        }
    }
}
