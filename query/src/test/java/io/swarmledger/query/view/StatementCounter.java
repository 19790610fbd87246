package io.swarmledger.query.view;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Notes every prepared statement that is executed, each one of a batch apart, and can make some of them fail. */
final class StatementCounter extends DelegatingDataSource {

    /**
     * A statement that was executed.
     *
     * @param bytes of its texts
     */
    record Executed(String sql, long bytes) {}

    private final List<Executed> executed = new ArrayList<>();
    private Predicate<String> failing = sql -> false;

    StatementCounter(DataSource target) {
        super(target);
    }

    /** From now on the statements of which {@code sql} holds fail, as if the disk were full. */
    void failAt(Predicate<String> sql) {
        failing = sql;
    }

    /** Forgets what was executed before. */
    void reset() {
        executed.clear();
    }

    /** What was executed of which the text holds. */
    List<Executed> of(String text) {
        return executed.stream().filter(one -> one.sql().contains(text)).toList();
    }

    List<Executed> all() {
        return List.copyOf(executed);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = invoke(connection, method, arguments);
            return result instanceof PreparedStatement statement ? counting(statement, (String) arguments[0]) : result;
        });
    }

    private PreparedStatement counting(PreparedStatement statement, String sql) {
        long[] bytes = {0};
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (method.getName().startsWith("set") && arguments.length == 2 && arguments[1] instanceof String text) {
                bytes[0] += text.getBytes(StandardCharsets.UTF_8).length;
            }
            boolean batched = method.getName().equals("addBatch");
            if (batched || method.getName().startsWith("execute")) {
                if (failing.test(sql)) {
                    throw new SQLException("database or disk is full: " + sql);
                }
                if (!method.getName().equals("executeBatch")) {
                    executed.add(new Executed(sql, bytes[0]));
                    bytes[0] = 0;
                }
            }
            return invoke(statement, method, arguments);
        });
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
