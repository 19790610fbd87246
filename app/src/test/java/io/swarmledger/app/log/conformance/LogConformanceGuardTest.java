package io.swarmledger.app.log.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.log.Appender;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.LogAdmin;
import io.swarmledger.app.log.LogObserver;
import io.swarmledger.app.log.LogStanding;
import io.swarmledger.app.log.LogTransaction;
import io.swarmledger.app.log.Verdict;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.log.StoredSnapshot;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** No test of the suite can be passed by doing nothing. */
class LogConformanceGuardTest {

    /** A store that takes everything, keeps nothing and finds nothing. */
    static class Idle extends LogConformance {

        @Override
        protected void open() {}

        @Override
        protected EventLog log() {
            return (EventLog) Proxy.newProxyInstance(
                    EventLog.class.getClassLoader(), new Class<?>[] {EventLog.class}, (log, method, arguments) -> {
                        if (method.getName().equals("asOfNow")) {
                            return ((Function<Object, ?>) arguments[0]).apply(log);
                        }
                        return method.isDefault()
                                ? InvocationHandler.invokeDefault(log, method, arguments)
                                : nothing(method.getReturnType());
                    });
        }

        private static Object nothing(Class<?> type) {
            return Map.<Class<?>, Object>of(
                            long.class,
                            0L,
                            String.class,
                            "",
                            EventLog.Part.class,
                            new EventLog.Part(List.of(), true),
                            Optional.class,
                            Optional.empty(),
                            List.class,
                            List.of(),
                            Map.class,
                            Map.of(),
                            long[].class,
                            new long[0])
                    .get(type);
        }

        @Override
        protected LogAdmin admin() {
            return new IdleAdmin();
        }

        @Override
        protected Appender appender() {
            return new IdleAppender();
        }
    }

    private static final class IdleAdmin implements LogAdmin {

        @Override
        public LogStanding standing() {
            return new LogStanding("", 0);
        }

        @Override
        public Verdict verify(AggregateTypes aggregates, LongConsumer progress) {
            return new Verdict(true, 0, 0, null, List.of());
        }
    }

    private static final class IdleAppender implements Appender, LogTransaction {

        @Override
        public long[] append(List<EventRow> rows) {
            return new long[rows.size()];
        }

        @Override
        public <T> T transact(Work<T> work) throws Exception {
            return work.in(this);
        }

        @Override
        public void afterBulk(Runnable listener) {}

        @Override
        public int waiting() {
            return 0;
        }

        @Override
        public Optional<String> obstacle() {
            return Optional.empty();
        }

        @Override
        public void observe(LogObserver watcher) {}

        @Override
        public long append(EventRow row) {
            return 0;
        }

        @Override
        public boolean isEmpty() {
            return true;
        }

        @Override
        public Optional<LogRow> byId(String eventId) {
            return Optional.empty();
        }

        @Override
        public Optional<LogRow> byVersion(String aggregateId, long version) {
            return Optional.empty();
        }

        @Override
        public Optional<Stream> stream(String aggregateId) {
            return Optional.empty();
        }

        @Override
        public boolean keep(StoredSnapshot snapshot) {
            return false;
        }
    }

    @Test
    void aStoreThatDoesNothingFailsEveryTest() {
        Map<TestExecutionResult.Status, Set<String>> results = run(Idle.class);

        Set<String> tests = Stream.of(LogConformance.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName() + "()")
                .collect(Collectors.toSet());
        assertThat(tests).hasSizeGreaterThan(20);
        assertThat(results).containsOnlyKeys(TestExecutionResult.Status.FAILED);
        assertThat(results.get(TestExecutionResult.Status.FAILED)).isEqualTo(tests);
    }

    private static Map<TestExecutionResult.Status, Set<String>> run(Class<?> suite) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(suite))
                .build();
        Map<TestExecutionResult.Status, Set<String>> results = new EnumMap<>(TestExecutionResult.Status.class);
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    results.computeIfAbsent(result.getStatus(), status -> new HashSet<>())
                            .add(test.getDisplayName());
                }
            }
        });
        return results;
    }
}
