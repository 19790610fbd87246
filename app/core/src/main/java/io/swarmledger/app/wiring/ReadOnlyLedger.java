package io.swarmledger.app.wiring;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.log.sqlite.DerivedFile;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.log.sqlite.SqliteErrors;
import io.swarmledger.app.log.sqlite.SqliteEventLog;
import io.swarmledger.app.search.SearchFile;
import io.swarmledger.app.timetravel.TimeTravelFile;
import io.swarmledger.app.view.ViewsFile;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.events.upcast.Upcasters;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Questions;
import io.swarmledger.query.ReadFault;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.Room;
import io.swarmledger.query.agent.AgentHealth;
import io.swarmledger.query.agent.AgentQueries;
import io.swarmledger.query.attention.AttentionQueries;
import io.swarmledger.query.failure.NewestFailures;
import io.swarmledger.query.incident.IncidentQueries;
import io.swarmledger.query.log.Answerable;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.LogQueries;
import io.swarmledger.query.memory.MemoryQueries;
import io.swarmledger.query.run.RunQueries;
import io.swarmledger.query.search.SearchQueries;
import io.swarmledger.query.suspect.DifferenceQueries;
import io.swarmledger.query.suspect.SuspectQueries;
import io.swarmledger.query.swarm.SwarmQueries;
import io.swarmledger.query.task.TaskQueries;
import io.swarmledger.query.timetravel.EvidenceQueries;
import io.swarmledger.query.timetravel.LedgerComparison;
import io.swarmledger.query.timetravel.TimeTravelQueries;
import io.swarmledger.query.trace.TraceQueries;
import io.swarmledger.query.usage.UsageQueries;
import io.swarmledger.query.view.Positions;
import io.swarmledger.query.view.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.springframework.dao.DataAccessException;

/**
 * The query side of a ledger alone, beside whoever holds it: nothing is written, locked or started. It answers through a
 * query gateway like any other; its views are as far as their holder has taken them.
 */
public final class ReadOnlyLedger {

    /** Nobody else waits for a question here. */
    private static final Duration UNHURRIED = Duration.ofDays(1);

    private final QueryGateway queries;
    private final Positions positions;
    private final LedgerFiles files;

    private ReadOnlyLedger(QueryGateway queries, Positions positions, LedgerFiles files) {
        this.queries = queries;
        this.positions = positions;
        this.files = files;
    }

    /**
     * The ledger in that directory.
     *
     * @param patience how long a query waits for the position that it asks for
     * @throws LedgerUnavailable if there is none
     */
    public static ReadOnlyLedger of(Path directory, Clock clock, LedgerProperties properties, Duration patience) {
        LedgerFiles files = new LedgerFiles(directory);
        EventLog log = new SqliteEventLog(SqliteConnections.asking(files.existingLog()));
        DataSource views = SqliteConnections.asking(files.views());
        DataSource timeTravel = SqliteConnections.asking(files.timeTravel());
        DataSource search = SqliteConnections.asking(files.search());
        Positions positions = new Positions(
                views, log, Map.of(LedgerQuery.TIME_TRAVEL, timeTravel, LedgerQuery.SEARCH, search), patience);
        Answerable answerable = new Answerable(AggregateTypes.ofLedger().names());
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        bus.registerHandlerInterceptor(positions);
        bus.registerHandlerInterceptor(new Questions(Room.ofHeap(), 1, UNHURRIED));
        AgentHealth health = new AgentHealth(clock, properties.silentAfter());
        EventReader reader = reader();
        for (Object handler : List.of(
                new AgentQueries(new Reading(views), health),
                new TaskQueries(new Reading(views), health),
                new MemoryQueries(new Reading(views)),
                new SwarmQueries(new Reading(views)),
                new AttentionQueries(new Reading(views), log, health),
                new IncidentQueries(
                        new Reading(views), log, new NewestFailures(), health, clock, properties.stuckAfter()),
                new LogQueries(log, reader, ReadModels.ofLedger(), answerable),
                new SearchQueries(new Reading(search), log, answerable),
                new TraceQueries(log),
                new SuspectQueries(log),
                new DifferenceQueries(log),
                new RunQueries(log, reader),
                new UsageQueries(log, reader),
                new EvidenceQueries(
                        new Reading(views), new Reading(timeTravel), log, positions, reader, ReadModels.ofLedger()),
                new TimeTravelQueries(
                        new Reading(timeTravel), log, positions, reader, health, ReadModels.ofLedger()))) {
            new AnnotationQueryHandlerAdapter<>(handler).subscribe(bus);
        }
        return new ReadOnlyLedger(DefaultQueryGateway.builder().queryBus(bus).build(), positions, files);
    }

    private static EventReader reader() {
        return new EventReader(LedgerSerializer.of(AggregateTypes.ofLedger().storedTypes()), Upcasters.chain());
    }

    /**
     * Compares two logs, both read beside whoever holds them.
     *
     * @throws LedgerUnavailable if one of them is not there, or is no log
     */
    public static LedgerComparison comparison(Path ourLog, Path theirLog) {
        return new LedgerComparison(log(ourLog), log(theirLog), reader(), ReadModels.ofLedger());
    }

    private static EventLog log(Path file) {
        // SQLite would make a file that is not there.
        if (!Files.isRegularFile(file)) {
            throw new LedgerUnavailable(
                    "There is no ledger at " + file + ": name a ledger's directory, or its events.db");
        }
        EventLog log = new SqliteEventLog(SqliteConnections.reading(file));
        try {
            log.ledgerId();
        } catch (ReadFault | DataAccessException noLog) {
            throw new LedgerUnavailable(file + " is no ledger's log: " + noLog.getMessage(), noLog);
        }
        if (!LogFile.isCurrent(file)) {
            throw new LedgerUnavailable(file
                    + " was written by an older program: open its ledger with this one first, by a" + " query say");
        }
        return log;
    }

    /** Whether a question met damage in what is made from the log: whoever holds the ledger next can make it anew. */
    public static boolean isOfDamage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ReadFault fault) {
                return fault.isOfDerived() && SqliteErrors.isDamage(fault);
            }
        }
        return false;
    }

    public QueryGateway queries() {
        return queries;
    }

    /**
     * Whether what answers that query is as this program writes it, and has seen the whole log, or does so within
     * {@code patience}.
     */
    public boolean isCaughtUp(LedgerQuery query, Duration patience) {
        return LogFile.isCurrent(files.log())
                && isCaughtUp(query.answeredFrom(), patience)
                && query.andFrom().stream().allMatch(name -> isCaughtUp(name, patience));
    }

    private boolean isCaughtUp(String name, Duration patience) {
        if (name.equals(LedgerQuery.LOG)) {
            return true;
        }
        long head = positions.of(LedgerQuery.LOG);
        Path file = fileOf(name);
        try {
            return isCurrent(name, file) && positions.mayReach(name, head, patience);
        } catch (ReadFault | DataAccessException damaged) {
            // It is made anew by whoever holds the ledger next.
            return false;
        }
    }

    private static boolean isCurrent(String name, Path file) {
        return switch (name) {
            case LedgerQuery.TIME_TRAVEL -> TimeTravelFile.isCurrent(file);
            case LedgerQuery.SEARCH -> SearchFile.isCurrent(file);
            default -> ViewsFile.isCurrent(file);
        };
    }

    private Path fileOf(String name) {
        return switch (name) {
            case LedgerQuery.TIME_TRAVEL -> files.timeTravel();
            case LedgerQuery.SEARCH -> files.search();
            default -> files.views();
        };
    }

    /**
     * Looks whether what answers that query is a database at all.
     *
     * @throws LedgerUnavailable if it is none any more
     */
    public void requireUndamaged(LedgerQuery query) {
        Stream.concat(Stream.of(query.answeredFrom()), query.andFrom().stream())
                .filter(name -> !name.equals(LedgerQuery.LOG))
                .map(this::fileOf)
                .filter(Files::exists)
                .forEach(file -> DerivedFile.damage(file).ifPresent(how -> {
                    throw DerivedFile.damaged(file, how);
                }));
    }
}
