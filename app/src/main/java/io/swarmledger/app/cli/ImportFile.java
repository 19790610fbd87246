package io.swarmledger.app.cli;

import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.imports.Following;
import io.swarmledger.app.imports.Formats;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.ImportWish;
import io.swarmledger.app.imports.Imported;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.recorder.Content;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "import",
        description = {
            "Imports what others recorded; run twice it adds nothing.",
            "Sessions of Claude Code: ~/.claude/projects, one project, session or file.",
            "State of claude-flow: a project, its .claude-flow or .swarm, a memory.db, an .rvf.",
            "An NDJSON export or a claude-flow events.db: all of it or nothing, and",
            "bad rows are named, with column and reason.",
            "Ends when the views have caught up."
        },
        mixinStandardHelpOptions = true)
final class ImportFile implements Callable<Integer> {

    @Mixin
    private LedgerOption data;

    @Parameters(paramLabel = "PATH", description = "A file or a folder; it is only read.")
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
    public Integer call() throws InterruptedException {
        Formats.ofLedger().require(path, new LedgerFiles(Path.of(data.directory)));
        ImportWish wish =
                ImportWish.USUAL.withPrefix(Optional.ofNullable(prefix)).with(content);
        ImportText text = new ImportText(spec.commandLine().getErr());
        try (OpenLedger ledger = OpenLedger.of(data)) {
            if (follow) {
                follow(ledger, wish, text);
                return 0;
            }
            Imported imported = once(ledger, wish);
            ledger.catchUp();
            return text.tell(imported);
        }
    }

    private Imported once(OpenLedger ledger, ImportWish wish) {
        try (Bar bar = new Bar("import", 0)) {
            return ledger.bean(Import.class).from(path, wish, bar::at);
        } catch (RuntimeException failure) {
            ledger.bean(LedgerDirectory.class).withdraw();
            throw failure;
        }
    }

    /** Ctrl-C closes the ledger from another thread: a round that meets a closed one has been told to end. */
    private void follow(OpenLedger ledger, ImportWish wish, ImportText text) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        ledger.whenClosing(ended::countDown);
        try {
            new Following(ledger.bean(Import.class), wish, Clock.systemUTC(), text::round).follow(path, ended);
        } catch (LogFault closed) {
            if (closed.kind() != LogFault.Kind.CLOSED || ended.getCount() > 0) {
                throw closed;
            }
        }
    }
}
