package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.directory.LedgerFiles;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the log must once have gone, as what was made from it tells. It is never the only witness: it may be deleted at
 * any time, and what cannot be read tells nothing.
 */
final class SeenPositions {

    private static final Logger LOG = LoggerFactory.getLogger(SeenPositions.class);

    private static final String BY_VIEWS =
            "SELECT coalesce(max(max(position, coalesce(rebuiltTo, 0))), 0) FROM Projection"
                    + " WHERE EXISTS (SELECT 1 FROM ViewOf WHERE ledgerId = ?)";
    private static final String BY_INDEX = "SELECT coalesce(max(position), 0) FROM Progress WHERE ledgerId = ?";

    private SeenPositions() {}

    /** The last position that anything beside the log was made from; 0 if nothing tells. */
    static long of(Path log, Connection connection) throws SQLException {
        LedgerFiles files = new LedgerFiles(log.toAbsolutePath().getParent());
        String ledgerId = ledgerId(connection);
        return Stream.of(
                        seen(files.views(), BY_VIEWS, ledgerId),
                        seen(files.timeTravel(), BY_INDEX, ledgerId),
                        seen(files.search(), BY_INDEX, ledgerId))
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow();
    }

    private static String ledgerId(Connection log) throws SQLException {
        try (Statement statement = log.createStatement();
                ResultSet ledger = statement.executeQuery("SELECT ledgerId FROM Ledger")) {
            return ledger.next() ? ledger.getString(1) : null;
        }
    }

    private static long seen(Path file, String sql, String ledgerId) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        try (Connection connection = SqliteConnections.reading(file).getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, ledgerId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        } catch (SQLException unreadable) {
            LOG.debug("{} does not tell how far the log went", file, unreadable);
            return 0;
        }
    }
}
