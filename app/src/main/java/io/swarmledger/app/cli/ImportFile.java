package io.swarmledger.app.cli;

import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.directory.Workshop;
import io.swarmledger.app.imports.Following;
import io.swarmledger.app.imports.Formats;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.ImportWish;
import io.swarmledger.app.imports.Imported;
import io.swarmledger.app.imports.RemoteImport;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.recorder.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = ImportFile.NAME,
        description = {
            "Imports sessions, state, databases and NDJSON of others.",
            "Run twice it adds nothing.",
            "Sessions of Claude Code: ~/.claude/projects, one project, session or file.",
            "State of claude-flow: a project, its .claude-flow or .swarm, a memory.db, an .rvf.",
            "An NDJSON export or a claude-flow events.db: all of it or nothing, and",
            "bad rows are named, with column and reason.",
            "Ends when the views have caught up."
        },
        mixinStandardHelpOptions = true)
final class ImportFile implements Callable<Integer> {

    static final String NAME = "import";

    private static final Path STANDARD_INPUT = Path.of("-");

    /** Bytes. */
    private static final long SOON_READ = 192L << 20;

    private static final long SOON_LISTED = 20_000;

    /** How long whoever ends it waits to be told of the last round. */
    private static final Duration SHORTLY = Duration.ofSeconds(3);

    @Mixin
    private LedgerOption data;

    @Parameters(paramLabel = "PATH", description = "A file or a folder, which is only read; - reads standard input.")
    private Path path;

    @Option(
            names = "--prefix",
            paramLabel = "P",
            description = "Put before every id, for a second run with the same ids.")
    private String prefix;

    @Option(
            names = "--content",
            paramLabel = "none|titles|full",
            converter = ContentReader.class,
            description =
                    "How much of what agents read, write and say is kept;${sys:line.separator}titles if not given.")
    private Content content = Content.TITLES;

    @Option(names = "--follow", description = "Goes on as files grow, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--to",
            paramLabel = "URL",
            description = "Into the ledger that is served there, while it is in use.")
    private URI to;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:SWARM_LEDGER_TOKEN}",
            description = "An operator's, for --to; or in SWARM_LEDGER_TOKEN.")
    private String token;

    @Spec
    private CommandSpec spec;

    static final class ContentReader implements ITypeConverter<Content> {

        @Override
        public Content convert(String word) {
            try {
                return Content.of(word);
            } catch (IllegalArgumentException none) {
                throw new TypeConversionException(none.getMessage());
            }
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean isInput = path.equals(STANDARD_INPUT);
        if (follow && (isInput || to != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--follow reads files again and again, into a ledger of this machine");
        }
        if (!isInput) {
            return take(path);
        }
        try (Workshop workshop = Workshop.in(Path.of(System.getProperty("java.io.tmpdir")))) {
            Path copy = workshop.file("standard-input");
            Files.copy(System.in, copy);
            return take(copy);
        }
    }

    private int take(Path path) throws IOException, InterruptedException {
        ImportWish wish =
                ImportWish.USUAL.withPrefix(Optional.ofNullable(prefix)).with(content);
        ImportText text = new ImportText(spec.commandLine().getErr());
        if (to != null) {
            Formats.require(path);
            ServedLedger served = new ServedLedger(to, token);
            return text.tell(new RemoteImport(Formats.ofLedger(), served, Clock.systemUTC()).from(path, wish));
        }
        if (follow || !isSoonRead(path)) {
            BriefRun.end();
        }
        Formats.ofLedger().require(path, new LedgerFiles(Path.of(data.directory)));
        try (OpenLedger ledger = OpenLedger.of(data)) {
            if (follow) {
                follow(ledger, path, wish, text);
                return 0;
            }
            ledger.leaveMoments();
            Imported imported = once(ledger, path, wish);
            ledger.catchUp();
            return text.tell(imported);
        }
    }

    private static boolean isSoonRead(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path).limit(SOON_LISTED + 1)) {
            LongSummaryStatistics bytes =
                    files.mapToLong(file -> file.toFile().length()).summaryStatistics();
            return bytes.getCount() <= SOON_LISTED && bytes.getSum() <= SOON_READ;
        } catch (IOException | UncheckedIOException unreadable) {
            return false;
        }
    }

    private Imported once(OpenLedger ledger, Path path, ImportWish wish) {
        try (Bar bar = new Bar("import", 0)) {
            return ledger.bean(Import.class).from(path, wish, bar::at);
        } catch (RuntimeException failure) {
            ledger.bean(LedgerDirectory.class).withdraw();
            throw failure;
        }
    }

    /**
     * Ctrl-C closes the ledger from another thread, once the round that is under way has ended, if it does so soon: a round
     * that meets a closed one has been told to end.
     */
    private void follow(OpenLedger ledger, Path path, ImportWish wish, ImportText text) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        ledger.whenClosing(() -> {
            ended.countDown();
            awaitShortly(told);
        });
        try {
            new Following(ledger.bean(Import.class), wish, Clock.systemUTC(), text::round).follow(path, ended);
        } catch (LogFault closed) {
            if (closed.kind() != LogFault.Kind.CLOSED || ended.getCount() > 0) {
                throw closed;
            }
            text.cutShort();
        } finally {
            told.countDown();
        }
    }

    private static void awaitShortly(CountDownLatch told) {
        try {
            told.await(SHORTLY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
