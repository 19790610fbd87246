package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.exports.Export;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.Imported;
import io.swarmledger.app.imports.Progress;
import io.swarmledger.app.view.Replays;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.commands.Appended;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.log.EventLog;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A scenario in steps; each is done again and again, and each time the next of its calls to the file fails. A model that
 * only counts is the judge: what was answered is there, in its place, and nothing else is.
 */
@DisplayName("S14 the n-th call to a file fails")
class S14NthCallFailsTest {

    private static final int ROUNDS = Integer.getInteger("faults.rounds", 5);
    private static final int ATTEMPTS = 5;

    /** Of {@link Load}, those that no rule refuses. */
    private static final List<Integer> ACCEPTED = List.of(0, 1, 2, 4, 5);

    @TempDir
    Path home;

    private final NthCall nth = new NthCall();
    private final Map<String, Appended> model = new LinkedHashMap<>();
    private FaultyDriver driver;
    private Path directory;

    /** Fails the n-th call from when it was armed, once. */
    private static final class NthCall implements FaultyDriver.Watch {

        private final AtomicLong left = new AtomicLong();
        private volatile String file;
        private volatile SQLiteErrorCode code;
        private volatile String failed;

        void arm(String name, long n, SQLiteErrorCode failure) {
            file = name;
            code = failure;
            failed = null;
            left.set(n);
        }

        /** What failed; {@code null} if there were fewer calls. */
        String disarm() {
            left.set(0);
            return failed;
        }

        @Override
        public void before(String url, String call, String sql) throws SQLException {
            if (left.get() > 0 && url.endsWith(file) && left.decrementAndGet() == 0) {
                failed = call + " " + sql;
                throw new SQLiteException("[" + code + "] for the test: " + failed, code);
            }
        }
    }

    @BeforeEach
    void watch() throws SQLException {
        directory = home.resolve("ledger");
        // Before the driver is replaced: what a process needs for its first ledger is no part of the scenario.
        TestLedger.inMemory().close();
        driver = FaultyDriver.install(nth);
    }

    @AfterEach
    void unwatch() throws SQLException {
        driver.close();
    }

    /** The kinds of failure that a file has. */
    enum Failure {
        BUSY(SQLiteErrorCode.SQLITE_BUSY),
        FULL(SQLiteErrorCode.SQLITE_FULL),
        IOERR(SQLiteErrorCode.SQLITE_IOERR_FSYNC);

        private final SQLiteErrorCode code;

        Failure(SQLiteErrorCode code) {
            this.code = code;
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofTheLogInCommands(Failure failure) {
        try (TestLedger ledger = open()) {
            String failed;
            int n = 0;
            do {
                nth.arm("events.db", ++n, failure.code);
                for (int command : ACCEPTED) {
                    send(ledger, Load.id(failure + "x" + n, 0, command));
                }
                failed = nth.disarm();
            } while (failed != null);
            assertThat(n).as("calls to the log").isGreaterThan(20);
            Green.assertViews(ledger);
        }
        assertModel();
    }

    @ParameterizedTest
    @EnumSource
    void ofTheLogInAnImport(Failure failure) {
        Path file = home.resolve("export.ndjson");
        try (TestLedger ledger = TestLedger.in(home.resolve("origin"))) {
            for (int command : ACCEPTED) {
                ledger.bean(CommandGateway.class).sendAndWait(Load.message(Load.id("origin", 0, command)));
            }
            new Export(
                            ledger.bean(EventLog.class),
                            ledger.bean(LedgerDirectory.class).files(),
                            false)
                    .ndjson(file, Progress.SILENT);
        }
        try (TestLedger ledger = open()) {
            String failed;
            int n = 0;
            long head = 0;
            do {
                String prefix = "i" + ++n + "-";
                nth.arm("events.db", n, failure.code);
                long before = head;
                Imported imported = again(
                        () -> new Import(ledger.log(), AggregateTypes.ofLedger().storedTypes())
                                .from(file, Optional.of(prefix), Progress.SILENT),
                        () -> assertThat(ledger.head())
                                .as("nothing of it is there")
                                .isEqualTo(before));
                failed = nth.disarm();
                head += imported.added();
                assertThat(ledger.head()).isEqualTo(head);
                assertThat(imported.added()).isEqualTo(ACCEPTED.size());
            } while (failed != null);
            assertThat(n).as("calls to the log").isGreaterThan(10);
            Green.assertViews(ledger);
        }
        Green.assertVerified(directory);
    }

    @ParameterizedTest
    @EnumSource
    void ofEitherFileWhenItIsOpened(Failure failure) {
        for (String file : List.of("events.db", "views.db")) {
            // With each round the steps are finer: other calls fail.
            for (int n = 1 + failure.ordinal(); n < 400; n += 1 + 800 / ROUNDS) {
                nth.arm(file, n, failure.code);
                catchThrowable(() -> open().close());
                nth.disarm();
                try (TestLedger ledger = open()) {
                    send(ledger, Load.id(failure + file.substring(0, 1) + n, 0, 0));
                    ledger.caughtUp();
                }
                assertModel();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofTheViewsInProjections(Failure failure) {
        try (TestLedger ledger = open()) {
            for (int n = 1 + failure.ordinal(); n < 60; n += 1 + 150 / ROUNDS) {
                nth.arm("views.db", n, failure.code);
                for (int command : ACCEPTED) {
                    send(ledger, Load.id(failure + "v" + n, 0, command));
                }
                // Asking how far they are is a call too.
                again(ledger::caughtUp, () -> {});
                nth.disarm();
            }
            Green.assertViews(ledger);
        }
        assertModel();
    }

    @Test
    void ofTheViewsInAReplay() {
        try (TestLedger ledger = open()) {
            for (int run = 0; run < 12; run++) {
                for (int command : ACCEPTED) {
                    send(ledger, Load.id("replayed" + run, 0, command));
                }
            }
            ledger.caughtUp();
            int n = 1;
            String failed;
            do {
                Failure failure = Failure.values()[n % Failure.values().length];
                nth.arm("views.db", n, failure.code);
                again(
                        () -> ledger.bean(Replays.class)
                                .start(ReadModels.ofLedger().projections())
                                .done()
                                .orTimeout(60, TimeUnit.SECONDS)
                                .join(),
                        () -> {});
                failed = nth.disarm();
                ledger.caughtUp();
                n += 1 + 300 / ROUNDS;
            } while (failed != null);
            Green.assertViews(ledger);
        }
        assertModel();
    }

    /** Without a word of what it meets: that is what is wanted here. */
    private TestLedger open() {
        return TestLedger.in(directory, "logging.level.root=OFF", "spring.main.banner-mode=off");
    }

    /** As a client does: the same again, with the same id, until it is answered. */
    private void send(TestLedger ledger, String id) {
        Appended appended = again(
                () -> ledger.bean(CommandGateway.class).sendAndWait(Load.message(id)),
                () -> assertThat(Green.stored(directory)).as("%s failed", id).doesNotContainKey(id));
        model.put(id, appended);
        assertThat(appended.position()).as(id).isEqualTo(model.size());
    }

    private static <T> T again(Supplier<T> work, Runnable undone) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (RuntimeException failure) {
                assertThat(attempt).as(failure.toString()).isLessThan(ATTEMPTS);
                undone.run();
            }
        }
    }

    private void assertModel() {
        Green.assertVerified(directory);
        assertThat(Green.stored(directory)).isEqualTo(model);
    }
}
