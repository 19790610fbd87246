package io.swarmledger.commands;

import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.testing.Samples;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What an import may bring: events of every feature in any order, opaque ones, any field null or absurd. The seed is
 * printed; {@code -Dseed=N} plays the same histories again.
 */
final class RandomHistory {

    private static final int HISTORIES = 60;
    private static final int LONGEST = 40;

    private static final List<Class<? extends LedgerEvent>> RECORDS =
            List.copyOf(EventTypes.all().values());
    private static final List<String> IDS =
            Arrays.asList("agent-1", "task-1", "task-2", "task-3", "", "ünï \u001b[31m");
    private static final List<String> TEXTS = Arrays.asList(
            "idle", "active", "completed", "high", "stored", "", " ", "\u001b[2J\u009b", "x".repeat(5_000));
    private static final List<Double> TIMES =
            Arrays.asList(Samples.BEFORE, Samples.BEFORE + 10.25, Samples.NOW + 1e6, 0d, -1d, 1e300);
    private static final List<Long> COUNTS = List.of(0L, 1L, 7L, -3L, Long.MAX_VALUE, Long.MIN_VALUE);

    private final Random random;

    private RandomHistory(long seed) {
        random = new Random(seed);
    }

    /** Seeds of histories, others at each run. */
    static Stream<Long> seeds() {
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("Random histories of -Dseed=" + seed);
        return new Random(seed).longs(HISTORIES).boxed();
    }

    /** The history of that seed; half of its events are of the feature, so that something comes of it. */
    static List<LedgerEvent> of(String feature, long seed) {
        return new RandomHistory(seed).history(feature);
    }

    private List<LedgerEvent> history(String feature) {
        List<Class<? extends LedgerEvent>> own = RECORDS.stream()
                .filter(record -> EventTypes.nameOf(record).startsWith(feature + ":"))
                .toList();
        List<LedgerEvent> history = new ArrayList<>();
        for (int length = 1 + random.nextInt(LONGEST); length > 0; length--) {
            history.add(random.nextInt(10) == 0 ? opaque() : event(random.nextBoolean() ? own : RECORDS));
        }
        return history;
    }

    private OpaqueEvent opaque() {
        return random.nextBoolean()
                ? OpaqueEvent.unknown("agent:dreamt", null, "{\"of\":\"sheep\"}")
                : OpaqueEvent.unreadable("task:started", "1", "{\"startedAt\":[]}", "an array is no time");
    }

    private LedgerEvent event(List<Class<? extends LedgerEvent>> records) {
        return Samples.build(any(records), this::value);
    }

    private Object value(RecordComponent component) {
        if (random.nextInt(4) == 0) {
            return null;
        }
        Class<?> type = component.getType();
        if (type == Double.class) {
            return any(TIMES);
        }
        if (type == Long.class) {
            return any(COUNTS);
        }
        if (type == List.class) {
            return Arrays.asList(any(IDS), null, any(IDS));
        }
        if (type == Map.class) {
            return Map.of("nested", List.of(1, "two"));
        }
        return component.getName().endsWith("Id") ? any(IDS) : any(TEXTS);
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
