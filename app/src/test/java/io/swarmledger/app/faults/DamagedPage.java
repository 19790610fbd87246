package io.swarmledger.app.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** A page within a database that somebody wrote over: nothing about its beginning or its length tells of it. */
final class DamagedPage {

    private DamagedPage() {}

    /** Writes over the first page of that table, in a file that nobody has open. */
    static void of(Path file, String table) throws SQLException, IOException {
        long page;
        int size;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            try (ResultSet root = statement.executeQuery(
                    "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = '" + table + "'")) {
                page = root.getLong(1);
            }
            try (ResultSet pragma = statement.executeQuery("PRAGMA page_size")) {
                size = pragma.getInt(1);
            }
        }
        byte[] nothing = new byte[size];
        Arrays.fill(nothing, (byte) 0xEE);
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.seek((page - 1) * size);
            content.write(nothing);
        }
    }
}
