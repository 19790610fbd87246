package io.swarmledger.app.imports;

import io.swarmledger.app.directory.Workshop;
import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.FactJson;
import io.swarmledger.app.recorder.Known;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Imports into a ledger that another process serves. Events that have versions are sent as the file that they are in. Facts
 * are read here, where their files are, and sent as {@link FactLines}, some at a time.
 */
public final class RemoteImport {

    /** Bytes, less than any service takes by its usual setting. */
    private static final int SENT_AT_ONCE = 16 << 20;

    private final Formats formats;
    private final Elsewhere elsewhere;
    private final Clock clock;

    /** Imports what those formats know. */
    public RemoteImport(Formats formats, Elsewhere elsewhere, Clock clock) {
        this.formats = formats;
        this.elsewhere = elsewhere;
        this.clock = clock;
    }

    /** A ledger that another process serves. */
    public interface Elsewhere {

        /** What its log says. */
        Known known();

        /** Has it import a file, and waits until it has. */
        Imported take(Path file, ImportWish wish) throws IOException, InterruptedException;
    }

    /**
     * Imports a file or a folder, which is only read.
     *
     * @throws ImportRefused if it cannot be imported as a whole
     */
    public Imported from(Path path, ImportWish wish) throws IOException, InterruptedException {
        WaitingFacts waiting =
                new WaitingFacts(Prefix.of(wish.prefix()).before(elsewhere.known()), new OwnAppends(() -> -1));
        Reading reading = new Reading(waiting, wish.content(), clock, wish.changedSince());
        try (Source source = formats.open(path, reading)) {
            if (source instanceof FactSource facts) {
                return send(facts, waiting, wish);
            }
        }
        return elsewhere.take(path, wish);
    }

    private Imported send(FactSource source, WaitingFacts waiting, ImportWish wish)
            throws IOException, InterruptedException {
        Imported sum = new Imported(0, 0, 0);
        try (Workshop workshop = Workshop.in(Path.of(System.getProperty("java.io.tmpdir")))) {
            Path file = workshop.file("facts.ndjson");
            long number = 0;
            boolean isAll = false;
            while (!isAll) {
                try (OutputStream out = Files.newOutputStream(file)) {
                    long bytes = line(out, FactLines.FIRST_LINE);
                    while (!isAll && bytes < SENT_AT_ONCE) {
                        Optional<Fact> fact = source.facts().next();
                        isAll = fact.isEmpty();
                        if (!isAll) {
                            waiting.told(++number, fact.get());
                            bytes += line(out, FactJson.write(fact.get()));
                        }
                    }
                }
                sum = sum.and(elsewhere.take(file, wish));
                waiting.appended(number);
            }
        }
        return sum.and(Imported.of(0, 0, source.report()));
    }

    private static long line(OutputStream out, String text) throws IOException {
        byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(line);
        return line.length;
    }
}
