package io.swarmledger.app.imports;

import io.swarmledger.app.log.sqlite.LogFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The {@code events} of a claude-flow V3 database in the order of their {@code rowid}, and its {@code snapshots} if it
 * has any. What other tables and columns it has is not read.
 */
final class ClaudeFlowEvents implements EventSource {

    private static final String EVENTS = "events";
    private static final String SNAPSHOTS = "snapshots";

    /** A table that claude-flow's agent database has beside one that is called events too. */
    private static final String OF_AGENTS = "episodes";

    private static final List<String> EVENT_COLUMNS = Arrays.stream(Column.values())
            .map(Column::inDatabase)
            .filter(Objects::nonNull)
            .toList();

    /** What the driver puts where text is not well-formed. */
    private static final char REPLACEMENT = '\uFFFD';

    private final Path file;
    private final ForeignDatabase database;
    private final Connection connection;
    private final boolean withSnapshots;
    private final Charset encoding;
    private final long total;
    private final ResultSet rows;
    private long row;
    private long done;

    private ClaudeFlowEvents(Path file, ForeignDatabase database) throws SQLException {
        this.file = file;
        this.database = database;
        this.connection = database.connection();
        if (LogFile.isLog(connection)) {
            throw new ImportRefused(file, "is a ledger's own log: export that ledger, and import what it exported");
        }
        if (!isTable(EVENTS)) {
            throw new ImportRefused(file, "has no table events: it is no claude-flow V3 event database");
        }
        if (isTable(OF_AGENTS) && !hasColumn(EVENTS, "aggregate_id")) {
            throw new ImportRefused(file, "is claude-flow's agent database, not its event store");
        }
        withSnapshots = isTable(SNAPSHOTS);
        BadRows bad = new BadRows();
        requireColumns(EVENTS, EVENT_COLUMNS, bad);
        if (withSnapshots) {
            requireColumns(SNAPSHOTS, Snapshots.COLUMNS, bad);
        }
        bad.refuseIfAny(file);
        encoding = Charset.forName((String) single("PRAGMA encoding"));
        total = ((Number) single("SELECT count(*) FROM events")).longValue();
        rows = rowsOf(EVENTS, EVENT_COLUMNS);
    }

    /**
     * Opens a file that is there.
     *
     * @throws ImportRefused if it is no event database of claude-flow V3
     */
    static ClaudeFlowEvents open(Path file) {
        ForeignDatabase database = ForeignDatabase.open(file);
        try {
            return new ClaudeFlowEvents(file, database);
        } catch (SQLException failure) {
            database.close();
            throw new ImportRefused(file, "is no SQLite database that can be read: " + failure.getMessage());
        } catch (RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    @Override
    public boolean next() {
        boolean another = read(rows::next);
        if (another) {
            row = read(() -> rows.getLong(1));
            done++;
        }
        return another;
    }

    @Override
    public long row() {
        return row;
    }

    @Override
    public String nameOf(Column column) {
        return column.inDatabase();
    }

    @Override
    public Object value(Column column) {
        return column.inDatabase() == null ? null : value(rows, EVENTS, row, column.ordinal(), column.inDatabase());
    }

    @Override
    public long done() {
        return done;
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public long keepSnapshots(Snapshots snapshots) throws SQLException {
        if (!withSnapshots) {
            return 0;
        }
        long kept = 0;
        ResultSet found = read(() -> rowsOf(SNAPSHOTS, Snapshots.COLUMNS));
        while (read(found::next)) {
            long at = read(() -> found.getLong(1));
            Object[] values = new Object[Snapshots.COLUMNS.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(found, SNAPSHOTS, at, i, Snapshots.COLUMNS.get(i));
            }
            kept += snapshots.keep(at, values);
        }
        return kept;
    }

    @Override
    public void requireUnchanged() {
        database.requireUnchanged();
    }

    @Override
    public void close() {
        database.close();
    }

    /** A view, a virtual table, or a table without an order of its rows is no table of claude-flow's. */
    private boolean isTable(String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT 1 FROM pragma_table_list(?) WHERE schema = 'main' AND type = 'table' AND wr = 0")) {
            select.setString(1, name);
            return select.executeQuery().next();
        }
    }

    private boolean hasColumn(String table, String name) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM pragma_table_info(?, 'main') WHERE lower(name) = ?")) {
            select.setString(1, table);
            select.setString(2, name);
            return select.executeQuery().next();
        }
    }

    private void requireColumns(String table, List<String> needed, BadRows bad) throws SQLException {
        Set<String> missing = new HashSet<>(needed);
        try (PreparedStatement select =
                connection.prepareStatement("SELECT lower(name), hidden FROM pragma_table_xinfo(?, 'main')")) {
            select.setString(1, table);
            ResultSet columns = select.executeQuery();
            while (columns.next()) {
                String name = columns.getString(1);
                if (name.equals("rowid")) {
                    bad.add(new BadRow(null, nameOf(table, name), "hides the order of the rows"));
                } else if (missing.remove(name) && columns.getInt(2) != 0) {
                    bad.add(new BadRow(null, nameOf(table, name), "is computed, not stored"));
                }
            }
        }
        needed.stream()
                .filter(missing::contains)
                .forEach(name -> bad.add(new BadRow(null, nameOf(table, name), "is missing")));
    }

    private ResultSet rowsOf(String table, List<String> columns) throws SQLException {
        return connection
                .createStatement()
                .executeQuery(
                        "SELECT rowid, " + String.join(", ", columns) + " FROM main." + table + " ORDER BY rowid");
    }

    private Object single(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getObject(1);
        }
    }

    private Object value(ResultSet result, String table, long at, int index, String column) {
        Object value = read(() -> result.getObject(index + 2));
        return value instanceof String text && mayBeAnother(text) && !read(() -> isWellFormed(text, table, at, column))
                ? new Unreadable("is not well-formed " + encoding + " text")
                : value;
    }

    /** SQLite makes one character of half a surrogate pair in UTF-16 and of what stands behind it. */
    private boolean mayBeAnother(String text) {
        return text.indexOf(REPLACEMENT) >= 0
                || encoding != StandardCharsets.UTF_8 && text.chars().anyMatch(c -> Character.isSurrogate((char) c));
    }

    private boolean isWellFormed(String text, String table, long at, String column) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT CAST(" + column + " AS BLOB) FROM main." + table + " WHERE rowid = ?")) {
            select.setLong(1, at);
            ResultSet stored = select.executeQuery();
            return stored.next() && Arrays.equals(text.getBytes(encoding), stored.getBytes(1));
        }
    }

    static String nameOf(String table, String column) {
        return table.equals(EVENTS) ? column : table + "." + column;
    }

    /** What fails in there is this file's fault and not the ledger's. */
    private <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (SQLException failure) {
            throw new ImportRefused(file, "cannot be read beyond row " + row + ": " + failure.getMessage());
        }
    }

    private interface Reading<T> {

        T read() throws SQLException;
    }
}
