package io.swarmledger.app.door;

import io.swarmledger.app.command.EventIdTaken;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.exports.ExportFailed;
import io.swarmledger.app.imports.ImportRefused;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.sqlite.SqliteErrors;
import io.swarmledger.app.view.ReplayRefused;
import io.swarmledger.app.view.UnknownDeadLetter;
import io.swarmledger.app.view.UnknownProjection;
import io.swarmledger.commands.CompletionFailed;
import io.swarmledger.commands.IdBelongsToAnotherType;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.commands.RuleBroken;
import io.swarmledger.commands.RuleFailed;
import io.swarmledger.commands.UnknownAggregate;
import io.swarmledger.commands.VersionConflict;
import io.swarmledger.query.BeyondHead;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.QuestionRefused;
import io.swarmledger.query.ReadFault;
import io.swarmledger.query.ViewBehind;
import io.swarmledger.query.log.NoSuchVersion;
import io.swarmledger.query.log.NotYetBorn;
import io.swarmledger.query.suspect.NotFailed;
import io.swarmledger.query.view.UnreadableEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * What a refusal or a fault is to whoever asked, by whichever door: the table of all of them.
 *
 * @param status as in HTTP
 * @param type the kind, which a client can tell from others, such as {@code rule-broken}
 * @param title the kind in words, the same each time
 * @param detail what was wrong this time, and where
 * @param members what belongs to the kind: {@code rule}, {@code field}, {@code index} and the like
 * @param retryAfter seconds after which it may be tried again, 0 for not at all
 */
public record Refusal(
        int status, String type, String title, String detail, Map<String, Object> members, int retryAfter) {

    private static final String UNFORESEEN = "unforeseen";
    private static final int SOON = 1;
    private static final Pattern FULL = Pattern.compile("No space left on device|Disk quota exceeded");

    public Refusal {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    private static final List<Row<?>> TABLE = List.of(
            row(AppendStopped.class, Refusal::stopped),
            row(MalformedCommand.class, it -> atFault(it.isOutOfRange(), it.field(), it.getMessage())),
            row(InvalidQuery.class, it -> atFault(it.isOutOfRange(), it.field(), it.getMessage())),
            row(
                    MalformedBody.class,
                    it -> malformed(it.getMessage()).with("line", it.line()).with("column", it.column())),
            row(BodyBrokenOff.class, Refusal::brokenOff),
            row(BodyTooSlow.class, it -> of(408, "body-too-slow", "Body too slow", it)
                    .after(10)),
            row(BodiesFull.class, it -> of(503, "too-many-bodies", "Too many bodies under way", it)
                    .after(SOON)),
            row(BodyTooLarge.class, it -> of(413, "too-large", "Too large", it)),
            row(UnknownAggregate.class, Refusal::unknown),
            row(NotThere.class, Refusal::unknown),
            row(UnknownProjection.class, Refusal::unknown),
            row(UnknownDeadLetter.class, Refusal::unknown),
            row(NothingFollowed.class, Refusal::unknown),
            row(NotYetBorn.class, it -> of(404, "not-yet-born", "Not there yet", it)
                    .with("birth", it.birth())),
            row(NotFailed.class, it -> of(404, "not-failed", "Nothing failed", it)),
            row(NoSuchVersion.class, it -> unknown(it).with("lastVersion", it.lastVersion())),
            row(RuleBroken.class, it -> of(409, "rule-broken", "Rule broken", it)
                    .with("rule", it.rule())
                    .with("state", it.state())),
            row(IdBelongsToAnotherType.class, it -> of(409, "id-of-another-type", "Id of another type", it)
                    .with("rule", IdBelongsToAnotherType.class.getSimpleName())),
            row(EventIdTaken.class, it -> of(409, "event-id-taken", "Event id taken", it)
                    .with("takenBy", it.takenBy())),
            row(VersionConflict.class, it -> of(409, "version-conflict", "Version conflict", it)
                    .with("expectedVersion", it.expectedVersion())
                    .with("currentVersion", it.currentVersion())),
            row(
                    ConcurrencyException.class,
                    it -> of(
                            409,
                            "version-conflict",
                            "Version conflict",
                            "The aggregate was changed by others again and again while this was decided: nothing was written")),
            row(ReplayRefused.class, Refusal::operationRefused),
            row(OperationRefused.class, Refusal::operationRefused),
            row(BeyondHead.class, it -> of(410, "beyond-head", "Beyond the head of this ledger", it)
                    .with("field", it.field())
                    .with("head", it.head())),
            row(ViewBehind.class, it -> of(503, "view-behind", "View behind", it)
                    .with("field", "minPosition")
                    .after(SOON)),
            row(OperationsFull.class, it -> of(503, "operations-full", "Too much to do", it)
                    .after(10)),
            row(TooManyFollowers.class, it -> of(503, "too-many-consumers", "Too many consumers", it)
                    .after(5)),
            row(QuestionRefused.class, Refusal::questionRefused),
            row(LogFault.class, Refusal::logFault),
            row(ReadFault.class, it -> of(503, "unreadable", "Ledger unreadable", it)
                    .after(SOON)),
            row(RuleFailed.class, it -> of(500, "rule-failed", "Rule failed", it)),
            row(CompletionFailed.class, it -> of(500, "completion-failed", "Completion failed", it)),
            row(NoHandlerForCommandException.class, it -> of(500, "no-handler", "No handler", it)),
            row(UnreadableEvent.class, it -> of(500, "unreadable-event", "Unreadable event", it)));

    private record Row<T extends Throwable>(Class<T> kind, Function<T, Refusal> refusal) {

        Optional<Refusal> of(Throwable failure) {
            return kind.isInstance(failure) ? Optional.of(refusal.apply(kind.cast(failure))) : Optional.empty();
        }
    }

    private static <T extends Throwable> Row<T> row(Class<T> kind, Function<T, Refusal> refusal) {
        return new Row<>(kind, refusal);
    }

    /** What that failure is; one that nobody foresaw tells nothing of itself. */
    public static Refusal of(Throwable failure) {
        return find(failure)
                .orElseGet(() -> of(
                        500,
                        UNFORESEEN,
                        "Unforeseen failure",
                        "The ledger failed in a way that nobody foresaw; its own log says more"));
    }

    /** What that failure is, if it was foreseen. */
    public static Optional<Refusal> find(Throwable failure) {
        return TABLE.stream().flatMap(row -> row.of(failure).stream()).findFirst();
    }

    /** What an operation ended with. */
    public static Refusal ofOperation(Throwable failure) {
        if (failure instanceof InvalidQuery) {
            return operationRefused(failure);
        }
        if (failure instanceof ImportRefused refused) {
            return of(409, "import-refused", "Nothing was imported", refused).with("defects", refused.count());
        }
        if (isFull(failure)) {
            return of(507, "disk-full", "Disk full", failure);
        }
        return failure instanceof ExportFailed
                        || failure instanceof LedgerUnavailable
                        || failure instanceof UncheckedIOException
                ? of(503, "operation-failed", "Operation failed", failure)
                : of(failure);
    }

    /** Java gives a full disk no type of its own. */
    private static boolean isFull(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    && FULL.matcher(String.valueOf(cause.getMessage())).find()) {
                return true;
            }
        }
        return SqliteErrors.isFull(failure);
    }

    /** A kind without members. */
    public static Refusal of(int status, String type, String title, String detail) {
        return new Refusal(status, type, title, detail, Map.of(), 0);
    }

    private static Refusal of(int status, String type, String title, Throwable failure) {
        return of(status, type, title, failure.getMessage());
    }

    private static Refusal malformed(String detail) {
        return of(400, "malformed", "Malformed request", detail);
    }

    private static Refusal atFault(boolean outOfRange, String field, String detail) {
        return (outOfRange ? of(422, "out-of-range", "Value out of range", detail) : malformed(detail))
                .with("field", field);
    }

    private static Refusal unknown(Throwable refusal) {
        return of(404, "unknown", "Not there", refusal);
    }

    private static Refusal operationRefused(Throwable refusal) {
        return of(409, "operation-refused", "Operation refused", refusal);
    }

    private static Refusal brokenOff(BodyBrokenOff broken) {
        return find(broken.getCause()).orElseGet(() -> malformed(broken.getMessage()));
    }

    private static Refusal questionRefused(QuestionRefused refused) {
        return switch (refused.reason()) {
            case TIMED_OUT -> of(503, "query-timeout", "Query timed out", refused)
                    .after(SOON);
            case TOO_MANY -> of(503, "too-many-queries", "Too many queries", refused)
                    .after(SOON);
            case NO_ROOM -> of(503, "no-room", "No room for the answer", refused)
                    .after(SOON);
        };
    }

    private static Refusal logFault(LogFault fault) {
        return switch (fault.kind()) {
            case TOO_LARGE -> of(413, "too-large", "Too large", fault);
            case DISK_FULL -> of(507, "disk-full", "Disk full", fault);
            case UNKNOWN -> of(503, "outcome-unknown", "Outcome unknown", fault).after(SOON);
            case OVERLOADED, BUSY, CLOSED, INCOMPLETE, BROKEN, TAKEN -> of(
                            503, "log-" + fault.kind().name().toLowerCase(Locale.ROOT), "The log takes nothing", fault)
                    .after(SOON);
        };
    }

    /** The refusal's own kind, where it was, and what is in the log. */
    private static Refusal stopped(AppendStopped stopped) {
        Refusal refusal = of(stopped.refusal()).with("index", stopped.index());
        boolean placed = stopped.line() == null || refusal.members().containsKey("line");
        return (placed ? refusal : refusal.with("line", stopped.line())).with("appended", stopped.appended());
    }

    /** Whether its kind is in the table. */
    public boolean isForeseen() {
        return !type.equals(UNFORESEEN);
    }

    private Refusal with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Refusal(status, type, title, detail, more, retryAfter);
    }

    private Refusal after(int seconds) {
        return new Refusal(status, type, title, detail, members, seconds);
    }
}
