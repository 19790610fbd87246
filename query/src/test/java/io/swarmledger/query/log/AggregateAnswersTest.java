package io.swarmledger.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.query.log.AggregateAnswers.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class AggregateAnswersTest {

    private static final List<String> AGGREGATES = List.of("a", "b", "c", "d");
    private static final List<String> TYPES = List.of("agent:started", "agent:failed", "agent:stopped");

    private final LogInMemory log = new LogInMemory();
    private final List<String> asked = new ArrayList<>();

    /** How many events an aggregate has, noting who is asked. */
    private final Question<Long> howMany = (now, id) -> {
        asked.add(id);
        return now.last(id, Long.MAX_VALUE).map(LogRow::version).orElse(0L);
    };

    private void happened(String id) {
        log.happened(id, TYPES.get(0), "{}");
    }

    @RepeatedTest(20)
    void ofEachMomentItTellsWhatTheLogTellsThen(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        AggregateAnswers answers = new AggregateAnswers(3, 1 << 20);
        List<EventLog> moments = new ArrayList<>();
        List<AggregateAnswers.Then> thens = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            for (int more = random.nextInt(3); more > 0; more--) {
                log.happened(any(AGGREGATES, random), any(TYPES, random), "{}");
            }
            log.asOfNow(moments::add);
            thens.add(answers.asOf(moments.get(round)));
            for (int question = 0; question < 4; question++) {
                int when = random.nextBoolean() ? round : random.nextInt(round + 1);
                assertTold(thens.get(when), moments.get(when), random);
            }
        }
    }

    private static void assertTold(AggregateAnswers.Then then, EventLog moment, Random random) {
        String id = any(AGGREGATES, random);
        String[] types = random.nextBoolean() ? new String[0] : new String[] {any(TYPES, random)};
        long position = random.nextInt(60) + 1;
        assertThat(then.last(id, types))
                .isEqualTo(moment.last(id, Long.MAX_VALUE, types).map(LastEvent::of));
        assertThat(then.before(id, position, types))
                .isEqualTo(moment.last(id, position - 1, types).map(LastEvent::of));
    }

    private static String any(List<String> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }

    @Test
    void onlyOfWhatSomethingWasRecordedIsAskedAgain() {
        AggregateAnswers answers = new AggregateAnswers(10, 1 << 20);
        happened("a");
        happened("b");
        assertThat(answers.asOf(log).ask("a", howMany)).isEqualTo(1L);
        assertThat(answers.asOf(log).ask("b", howMany)).isEqualTo(1L);
        happened("b");

        assertThat(answers.asOf(log).ask("a", howMany)).isEqualTo(1L);
        assertThat(answers.asOf(log).ask("b", howMany)).isEqualTo(2L);
        assertThat(asked).containsExactly("a", "b", "b");
    }

    @Test
    void itKeepsNoMoreThanItMay() {
        AggregateAnswers answers = new AggregateAnswers(1_000, 5_000);
        Question<Optional<String>> longOne = new Question<>() {
            @Override
            public Optional<String> ask(EventLog now, String id) {
                asked.add(id);
                return Optional.of("x".repeat(2_000));
            }

            @Override
            public long bytes(Optional<String> answer) {
                return 2L * answer.map(String::length).orElse(0);
            }
        };
        happened("a");
        for (String id : List.of("a", "a", "b", "a")) {
            answers.asOf(log).ask(id, longOne);
        }

        assertThat(asked).containsExactly("a", "b", "a");
    }
}
