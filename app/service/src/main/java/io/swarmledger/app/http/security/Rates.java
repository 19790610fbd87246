package io.swarmledger.app.http.security;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/** How many requests each caller has left, in buckets that fill again evenly. */
final class Rates {

    private static final int CALLERS = 10_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

    private final int perSecond;
    private final LoadingCache<String, Bucket> buckets;

    /**
     * Buckets of twice what is allowed a second, all full.
     *
     * @param perSecond 0 for no limit
     */
    Rates(int perSecond) {
        this.perSecond = perSecond;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(CALLERS)
                .expireAfterAccess(FORGOTTEN_AFTER)
                .build(caller -> bucket(perSecond));
    }

    private static Bucket bucket(int perSecond) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(2L * perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }

    /** Takes one request off; answers how many nanoseconds it is too early, 0 if it is not. */
    long tooEarlyBy(String caller) {
        return perSecond == 0
                ? 0
                : buckets.get(caller).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill();
    }
}
