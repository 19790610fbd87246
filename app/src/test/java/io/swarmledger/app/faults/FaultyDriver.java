package io.swarmledger.app.faults;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Logger;
import org.sqlite.JDBC;

/**
 * Stands before SQLite's driver, for the whole process: every call that reaches the file is told to a {@link Watch}
 * first, which may fail it, and afterwards.
 */
final class FaultyDriver implements Driver, AutoCloseable {

    private static final Set<String> REACHING = Set.of(
            "execute",
            "executeQuery",
            "executeUpdate",
            "executeBatch",
            "executeLargeUpdate",
            "executeLargeBatch",
            "commit",
            "rollback",
            "setAutoCommit",
            "prepareStatement",
            "next",
            "connect");

    private final JDBC driver = new JDBC();
    private final List<Driver> before;
    private final Watch watch;

    private FaultyDriver(Watch watch) throws SQLException {
        this.watch = watch;
        before = Collections.list(DriverManager.getDrivers()).stream()
                .filter(JDBC.class::isInstance)
                .toList();
        for (Driver one : before) {
            DriverManager.deregisterDriver(one);
        }
        DriverManager.registerDriver(this);
    }

    /** Is told of every call that reaches a file. */
    interface Watch {

        /**
         * Before the call; what it throws is what the call throws, and the file hears nothing.
         *
         * @param url of the file
         * @param call the method
         * @param sql {@code null} if it has none
         */
        default void before(String url, String call, String sql) throws SQLException {}

        /** After a call that succeeded. */
        default void after(String url, String call, String sql) {}
    }

    /** From now on every connection of this process is watched. */
    static FaultyDriver install(Watch watch) throws SQLException {
        return new FaultyDriver(watch);
    }

    /** The driver is as it was. */
    @Override
    public void close() throws SQLException {
        DriverManager.deregisterDriver(this);
        for (Driver one : before) {
            DriverManager.registerDriver(one);
        }
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        watch.before(url, "connect", null);
        return watched(Connection.class, driver.connect(url, properties), url, null);
    }

    private <T> T watched(Class<T> type, T target, String url, String sql) {
        InvocationHandler handler = (proxy, method, arguments) -> invoke(target, method, arguments, url, sql);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object invoke(Object target, Method method, Object[] arguments, String url, String prepared)
            throws Throwable {
        String sql = arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : prepared;
        boolean reaches = REACHING.contains(method.getName());
        if (reaches) {
            watch.before(url, method.getName(), sql);
        }
        Object result;
        try {
            result = method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
        if (reaches) {
            watch.after(url, method.getName(), sql);
        }
        // By what is declared: the driver's classes are several of these at once.
        Class<?> type = method.getReturnType();
        if (type == PreparedStatement.class) {
            return watched(PreparedStatement.class, (PreparedStatement) result, url, sql);
        }
        if (type == Statement.class) {
            return watched(Statement.class, (Statement) result, url, null);
        }
        return type == ResultSet.class && result != null
                ? watched(ResultSet.class, (ResultSet) result, url, sql)
                : result;
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(JDBC.PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) throws SQLException {
        return driver.getPropertyInfo(url, properties);
    }

    @Override
    public int getMajorVersion() {
        return driver.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return driver.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return driver.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("faults");
    }
}
