package io.swarmledger.query;

import io.swarmledger.query.QuestionRefused.Reason;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.queryhandling.QueryMessage;

/**
 * Sees to it that questions leave commands and each other alone. So many are answered at once, the others wait. One that
 * needs more than a moment takes turns with others like it, on half of the processors; of those that need much more only
 * half as many as are answered at once go on, so that small ones always find a place. One that takes too long ends.
 *
 * <p>Whatever may take long for an answer calls {@link #goOn} again and again, or {@link #mayGoOn} where it cannot throw:
 * connections for questions have SQLite do so.
 */
public final class Questions implements MessageHandlerInterceptor<QueryMessage<?, ?>> {

    /** What a question may need, of a processor, before it takes turns. */
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(50);

    /** How long a turn lasts if others wait for theirs. */
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(50);

    /** What a question needs, of a processor, before it counts as a long one. */
    private static final long LONG = TimeUnit.SECONDS.toNanos(1);

    /** How long one waits for its place. */
    private static final long PATIENCE_MS = 5_000;

    /** Each that waits keeps its caller's thread, and those are commands' too. */
    private static final int WAITING = 32;

    private static final ThreadLocal<Question> CURRENT = new ThreadLocal<>();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Room room;
    private final Semaphore places;
    private final Semaphore longOnes;
    private final Semaphore turns;
    private final Duration timeout;

    /**
     * Rules for questions.
     *
     * @param room the memory that there is for their answers
     * @param atOnce so many are answered at once
     * @param timeout how long one may take
     */
    public Questions(Room room, int atOnce, Duration timeout) {
        this.room = room;
        this.places = new Semaphore(atOnce, true);
        this.longOnes = new Semaphore(Math.max(1, atOnce / 2));
        this.turns = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
        this.timeout = timeout;
    }

    /** Whether the question that this thread answers may go on; {@code true} if it answers none. Waits for its turn. */
    public static boolean mayGoOn() {
        Question question = CURRENT.get();
        return question == null || question.mayGoOn();
    }

    /**
     * The same, for whoever can throw.
     *
     * @throws QuestionRefused if it may not
     */
    public static void goOn() {
        if (!mayGoOn()) {
            throw CURRENT.get().refusal;
        }
    }

    /** Does something small that others wait for too: it waits for no turn, which one of them may have. */
    public static <T> T aside(Supplier<T> work) {
        Question question = CURRENT.get();
        CURRENT.remove();
        try {
            return work.get();
        } finally {
            if (question != null) {
                CURRENT.set(question);
            }
        }
    }

    @Override
    public Object handle(UnitOfWork<? extends QueryMessage<?, ?>> unitOfWork, InterceptorChain chain) throws Exception {
        if (CURRENT.get() != null) {
            return chain.proceed();
        }
        takePlace();
        Question question = new Question();
        CURRENT.set(question);
        try (Room.Share share = room.share()) {
            return chain.proceed();
        } catch (Exception failure) {
            // What was interrupted says so in its own words.
            throw question.refusal != null ? question.refusal : failure;
        } finally {
            CURRENT.remove();
            question.end();
            places.release();
        }
    }

    private void takePlace() {
        try {
            if (places.tryAcquire()
                    || places.getQueueLength() < WAITING && places.tryAcquire(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new QuestionRefused(Reason.TOO_MANY, "Too many questions are being answered: ask again later");
    }

    /** One question. For the thread that answers it. */
    private final class Question {

        private final long began = System.nanoTime();
        private final long workedBefore = THREADS.getCurrentThreadCpuTime();
        private QuestionRefused refusal;
        private boolean isLong;
        private boolean hasTurn;
        private long turnBegan;

        boolean mayGoOn() {
            long took = System.nanoTime() - began;
            if (refusal == null
                    && (took > timeout.toNanos() || Thread.currentThread().isInterrupted())) {
                timedOut();
            }
            if (refusal == null && took > MOMENT) {
                goOn(took);
            }
            return refusal == null;
        }

        private void goOn(long took) {
            if (!hasTurn && worked() > MOMENT) {
                takeTurn(took);
            } else if (hasTurn && turns.hasQueuedThreads() && System.nanoTime() - turnBegan > TURN) {
                turns.release();
                hasTurn = false;
                takeTurn(took);
            }
            if (refusal == null && !isLong && worked() > LONG) {
                isLong = longOnes.tryAcquire();
                if (!isLong) {
                    refusal = new QuestionRefused(
                            Reason.TOO_MANY,
                            "Other questions that take long are being answered: ask for less, or again later");
                }
            }
        }

        private void takeTurn(long took) {
            try {
                hasTurn = turns.tryAcquire(timeout.toNanos() - took, TimeUnit.NANOSECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            turnBegan = System.nanoTime();
            if (!hasTurn) {
                timedOut();
            }
        }

        private void timedOut() {
            refusal = new QuestionRefused(
                    Reason.TIMED_OUT,
                    "The question took longer than " + timeout.toMillis() + " ms: ask for less, or again later");
        }

        private long worked() {
            return THREADS.getCurrentThreadCpuTime() - workedBefore;
        }

        void end() {
            if (hasTurn) {
                turns.release();
            }
            if (isLong) {
                longOnes.release();
            }
        }
    }
}
