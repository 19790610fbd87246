package io.swarmledger.query;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongBiFunction;

/**
 * Keeps what was used last, as much as it may hold in memory. What an event or a command was about the next ones are
 * about too, however often anything else was used before.
 *
 * <p>A weight is reckoned, and may change while its value is kept: {@link #put} weighs it again. For any thread.
 */
public final class LastUsed<K, V> {

    /** What an entry is reckoned to hold beside its key and its value. */
    private static final long AN_ENTRY = 200;

    private final int most;
    private final long bytes;
    private final ToLongBiFunction<? super K, ? super V> weigher;
    private final Map<K, Weighed<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long held;

    /**
     * Nothing yet.
     *
     * @param most entries at most
     * @param bytes of memory at most, as they are reckoned
     * @param weigher how many bytes a key and its value hold, about
     */
    public LastUsed(int most, long bytes, ToLongBiFunction<? super K, ? super V> weigher) {
        this.most = most;
        this.bytes = bytes;
        this.weigher = weigher;
    }

    private record Weighed<V>(V value, long bytes) {}

    /** What is kept for the key, {@code null} if nothing is. */
    public synchronized V get(K key) {
        Weighed<V> found = entries.get(key);
        return found == null ? null : found.value();
    }

    /** Keeps a value, or weighs it again. One that is too large for all of the memory is not kept. */
    public synchronized void put(K key, V value) {
        Weighed<V> weighed = new Weighed<>(value, AN_ENTRY + weigher.applyAsLong(key, value));
        held += weighed.bytes() - bytesOf(entries.put(key, weighed));
        Iterator<Weighed<V>> eldest = entries.values().iterator();
        while (entries.size() > most || held > bytes) {
            held -= eldest.next().bytes();
            eldest.remove();
        }
    }

    /** Keeps a value if there is none for the key; answers whether there was none. */
    public synchronized boolean putIfAbsent(K key, V value) {
        boolean isAbsent = !entries.containsKey(key);
        if (isAbsent) {
            put(key, value);
        }
        return isAbsent;
    }

    /** Forgets what is kept for the key; answers whether anything was. */
    public synchronized boolean remove(K key) {
        Weighed<V> removed = entries.remove(key);
        held -= bytesOf(removed);
        return removed != null;
    }

    public synchronized boolean containsKey(K key) {
        return entries.containsKey(key);
    }

    /** Forgets everything. */
    public synchronized void clear() {
        entries.clear();
        held = 0;
    }

    private static long bytesOf(Weighed<?> weighed) {
        return weighed == null ? 0 : weighed.bytes();
    }
}
