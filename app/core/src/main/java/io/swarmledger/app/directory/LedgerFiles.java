package io.swarmledger.app.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What lies where in a ledger's directory. */
public record LedgerFiles(Path directory) {

    private static final String LOG = "events.db";
    private static final String PROCESSORS = "processors.db";
    private static final String VIEWS = "views.db";
    private static final String TIME_TRAVEL = "timetravel.db";
    private static final String SEARCH = "search.db";
    private static final List<String> DERIVED = List.of(VIEWS, TIME_TRAVEL, SEARCH);

    private static final List<String> DATABASES = Stream.of(List.of(LOG), DERIVED, List.of(PROCESSORS))
            .flatMap(List::stream)
            .toList();

    /** What SQLite keeps beside a database. */
    private static final List<String> COMPANIONS = List.of("-wal", "-shm", "-journal");

    private static final List<String> OTHERS = List.of(
            "head.anchor",
            "head.anchor-new",
            "ledger.lock",
            "tokens.json",
            "tokens.lock",
            "alerts.json",
            "alerts.json-new");

    /** Of what is not whole yet. */
    private static final String OF_TOKENS = ".tokens.";

    private static final List<String> UNFINISHED = List.of(Workshop.PREFIX, OF_TOKENS);

    private static final String BACKUPS = "backups";

    /** Of the ledger that a log is of. */
    public static LedgerFiles around(Path log) {
        return new LedgerFiles(log.toAbsolutePath().getParent());
    }

    /** The log: events and snapshots. It is the truth. */
    public Path log() {
        return directory.resolve(LOG);
    }

    /** Read models, with their tokens and dead letters. It may be deleted at any time; it is rebuilt from the log. */
    public Path views() {
        return directory.resolve(VIEWS);
    }

    /** Where each thing changed, for questions about any moment. It may be deleted at any time; it is made from the log. */
    public Path timeTravel() {
        return directory.resolve(TIME_TRAVEL);
    }

    /** Which words are in which event. It may be deleted at any time; it is made from the log. */
    public Path search() {
        return directory.resolve(SEARCH);
    }

    /** All that may be deleted at any time and is made from the log. */
    public List<Path> derived() {
        return DERIVED.stream().map(directory::resolve).toList();
    }

    /** All databases. */
    List<Path> databases() {
        return DATABASES.stream().map(directory::resolve).toList();
    }

    /**
     * How far event processors of the application are that embeds the ledger, if it keeps that nowhere itself. It cannot be
     * made again.
     */
    public Path processors() {
        return directory.resolve(PROCESSORS);
    }

    /** Position and link of the last acknowledged event, outside the log that it vouches for. */
    public Path anchor() {
        return directory.resolve("head.anchor");
    }

    /** Who may use the service. It is no part of the log, so that no backup carries it to another machine. */
    public Path tokens() {
        return directory.resolve("tokens.json");
    }

    /** How far the receiver of alerts was told. Where it is lost, alerts are told from then on. */
    public Path toldAlerts() {
        return directory.resolve("alerts.json");
    }

    /** Who holds the ledger: a file that its process has locked. */
    Path lock() {
        return directory.resolve("ledger.lock");
    }

    /** Where backups that are asked for from elsewhere are written. */
    public Path backups() {
        return directory.resolve(BACKUPS);
    }

    /** That database and what SQLite may keep beside it, whether it is there or not. */
    public static List<Path> withCompanions(Path database) {
        List<Path> files = new ArrayList<>(List.of(database));
        COMPANIONS.forEach(suffix -> files.add(database.resolveSibling(database.getFileName() + suffix)));
        return files;
    }

    /**
     * Whether nothing but the ledger itself may read or replace that file: by its place, whatever leads there, or since it is
     * a second name of one that is.
     *
     * @param file need not be there
     */
    public boolean isOwn(Path file) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        Path place = placeOf(file);
        Path home = directory.toRealPath();
        if (home.equals(place.getParent()) && isOwnName(place.getFileName().toString())) {
            return true;
        }
        if (!Files.exists(place)) {
            return false;
        }
        if (home.equals(place.getParent()) && isUnfinished(place) || place.startsWith(home.resolve(BACKUPS))) {
            return true;
        }
        for (Path own : own()) {
            if (Files.isSameFile(place, own)) {
                return true;
            }
        }
        return false;
    }

    /** All that is there and is the ledger's own, its backups among it. */
    List<Path> own() throws IOException {
        List<Path> own = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> isOwnName(file.getFileName().toString()) || isUnfinished(file))
                    .forEach(own::add);
        }
        if (Files.isDirectory(backups(), LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.list(backups())) {
                files.forEach(own::add);
            }
        }
        return own;
    }

    /** A file system may take upper case for lower case. */
    private static boolean isOwnName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OTHERS.contains(lower)
                || DATABASES.stream()
                        .anyMatch(database -> lower.equals(database)
                                || COMPANIONS.stream().anyMatch(suffix -> lower.equals(database + suffix)));
    }

    private static boolean isUnfinished(Path file) {
        String name = file.getFileName().toString();
        return UNFINISHED.stream().anyMatch(name::startsWith);
    }

    /** Whether it is a list of tokens in the making, which whoever writes it looks after, beside whoever holds the ledger. */
    static boolean isOfTokens(Path file) {
        return file.getFileName().toString().startsWith(OF_TOKENS);
    }

    private static Path placeOf(Path file) throws IOException {
        if (Files.exists(file)) {
            return file.toRealPath();
        }
        Path absolute = file.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        return parent != null && Files.isDirectory(parent)
                ? parent.toRealPath().resolve(absolute.getFileName())
                : absolute;
    }

    /**
     * The log, which is there.
     *
     * @throws LedgerUnavailable if it is not
     */
    public Path existingLog() {
        if (!Files.isRegularFile(log())) {
            throw new LedgerUnavailable("There is no ledger in " + directory + ": " + log().getFileName()
                    + " is not there. Name its directory with --data");
        }
        return log();
    }
}
