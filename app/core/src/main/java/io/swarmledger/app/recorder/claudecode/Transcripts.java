package io.swarmledger.app.recorder.claudecode;

import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.Facts;
import io.swarmledger.app.recorder.Known;
import io.swarmledger.app.recorder.ReadReport;
import io.swarmledger.app.recorder.ShownContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/**
 * What Claude Code wrote down of its sessions, as facts: of all projects, of one, of one session, or one file. Sessions come
 * one after the other, each in the order of its times. Told again, what is known is told again; what is new comes as new.
 */
public final class Transcripts implements Facts {

    /** A session without a line for so long has ended. */
    public static final Duration QUIET = Duration.ofMinutes(10);

    private static final int PEEKED = 50;

    private final ShownContent shown;
    private final Known known;
    private final double quietSince;
    private final ReadReport report = new ReadReport();
    private final Path path;
    private final Instant changedSince;
    private Iterator<SessionFiles> sessions;
    private Transcript transcript;

    /**
     * All of them.
     *
     * @param path a folder, or a transcript's file
     * @param quietSince a session without a line since then has ended
     */
    public Transcripts(Path path, ShownContent shown, Known known, Instant quietSince) {
        this(path, shown, known, quietSince, Instant.EPOCH);
    }

    /**
     * Those that are there when the first is asked for.
     *
     * @param path a folder, or a transcript's file
     * @param quietSince a session without a line since then has ended
     * @param changedSince sessions that nobody has written to since then are left out
     */
    public Transcripts(Path path, ShownContent shown, Known known, Instant quietSince, Instant changedSince) {
        this.shown = shown;
        this.known = known;
        this.quietSince = quietSince.toEpochMilli();
        this.path = path;
        this.changedSince = changedSince;
    }

    /**
     * Whether there are any: what a file begins with says so, or a file in a folder.
     *
     * @throws IOException if that cannot be read
     */
    public static boolean areAt(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return SessionFiles.some(path, PEEKED).stream().anyMatch(Transcripts::isOne);
        }
        return isOne(path);
    }

    private static boolean isOne(Path file) {
        try (Lines lines = new Lines(file)) {
            for (int i = 0; i < PEEKED && lines.next(); i++) {
                Optional<Scanned> line = Scanned.of(lines.bytes());
                if (line.isEmpty()) {
                    return false;
                }
                if (line.get().session() != null && line.get().type() != null) {
                    return true;
                }
            }
            return false;
        } catch (IOException unreadable) {
            return false;
        }
    }

    @Override
    public Optional<Fact> next() {
        while (true) {
            if (transcript != null) {
                Optional<Fact> fact = transcript.next();
                if (fact.isPresent()) {
                    return fact;
                }
                transcript.close();
                transcript = null;
            }
            if (sessions == null) {
                sessions = SessionFiles.under(path, report).stream()
                        .filter(session -> session.isChangedSince(changedSince))
                        .iterator();
            }
            if (!sessions.hasNext()) {
                return Optional.empty();
            }
            transcript = new Transcript(sessions.next(), shown, known, quietSince, report);
        }
    }

    @Override
    public ReadReport report() {
        return report;
    }

    @Override
    public void close() {
        if (transcript != null) {
            transcript.close();
        }
    }
}
