package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.log.LogFault;
import java.sql.SQLException;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What an SQLite failure means. The driver gives no SQLState, so only the extended result code tells a conflict (a row
 * of that key is there) from every other failure; a busy database is never a conflict.
 */
public final class SqliteErrors implements PersistenceExceptionResolver {

    @Override
    public boolean isDuplicateKeyViolation(Exception failure) {
        return isConflict(failure);
    }

    /** Whether a row of that unique or primary key was already there. */
    public static boolean isConflict(Throwable failure) {
        SQLiteErrorCode code = codeOf(failure);
        return code == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE || code == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY;
    }

    /** Whether another connection held the lock for longer than we wait. */
    public static boolean isBusy(Throwable failure) {
        SQLiteErrorCode code = codeOf(failure);
        return code != null
                && ((code.code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code
                        || (code.code & 0xff) == SQLiteErrorCode.SQLITE_LOCKED.code);
    }

    /** Whether the file is no whole database: what cannot be read of it now never will be. */
    public static boolean isDamage(Throwable failure) {
        SQLiteErrorCode code = codeOf(failure);
        return code != null
                && ((code.code & 0xff) == SQLiteErrorCode.SQLITE_CORRUPT.code
                        || (code.code & 0xff) == SQLiteErrorCode.SQLITE_NOTADB.code);
    }

    /** Whether the disk left no room. A limit on the size of files is an input/output error to SQLite. */
    public static boolean isFull(Throwable failure) {
        SQLiteErrorCode code = codeOf(failure);
        return code != null && (code.code & 0xff) == SQLiteErrorCode.SQLITE_FULL.code;
    }

    /** What {@code failure} means for {@code file}. */
    public static LogFault faultOf(String file, Throwable failure) {
        if (failure instanceof LogFault fault) {
            return fault;
        }
        String detail = "Nothing was written to " + file + ": " + failure.getMessage();
        if (isFull(failure)) {
            return new LogFault(LogFault.Kind.DISK_FULL, detail, failure);
        }
        return new LogFault(isBusy(failure) ? LogFault.Kind.BUSY : LogFault.Kind.BROKEN, detail, failure);
    }

    /** The name of SQLite's result code, such as {@code SQLITE_IOERR_WRITE}; {@code null} if it was not SQLite. */
    public static SQLiteErrorCode codeOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                return sqlite.getResultCode();
            }
            if (cause instanceof SQLException sql && sql.getNextException() instanceof SQLiteException sqlite) {
                return sqlite.getResultCode();
            }
        }
        return null;
    }
}
