package io.swarmledger.query.suspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Measures the suspects on failures that people have labelled: who made the mistake that counts, and in which step. An
 * experiment, of which {@code docs/suspects.md} tells. {@code -Dwho-and-when=DIR} measures it on all files of a folder.
 */
class WhoAndWhenTest {

    private static final String FOLDER = System.getProperty("who-and-when", "src/test/resources/who-and-when");

    private static List<Conversation> conversations() {
        try (Stream<Path> files = Files.walk(Path.of(FOLDER))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(WhoAndWhenTest::read)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Conversation read(Path file) {
        try {
            return Conversation.of(Json.mapper().readTree(Files.readString(file)));
        } catch (IOException failure) {
            throw new UncheckedIOException(file.toString(), failure);
        }
    }

    @Test
    void howOftenWhoAndWhenAreAmongTheFirst() {
        List<Conversation> all = conversations();
        assertThat(all).as("files in " + FOLDER).isNotEmpty();
        double agentAtTop = share(all, one -> isAmong(1, one.blamed(), one.suspected()));
        double stepAtTop = share(all, one -> isAmong(1, one.step(), one.suspectedSteps()));

        System.out.printf(Locale.ROOT, "%d conversations in %s%n", all.size(), FOLDER);
        print("agent: suspects", agentAtTop, share(all, one -> isAmong(3, one.blamed(), one.suspected())));
        print(
                "agent: any",
                share(all, one -> any(1, one.agents().size())),
                share(all, one -> any(3, one.agents().size())));
        print(
                "agent: whoever spoke last",
                share(all, one -> isAmong(1, one.blamed(), lastFirst(one))),
                share(all, one -> isAmong(3, one.blamed(), lastFirst(one))));
        print(
                "agent: whoever spoke first",
                share(all, one -> isAmong(1, one.blamed(), List.copyOf(one.agents()))),
                share(all, one -> isAmong(3, one.blamed(), List.copyOf(one.agents()))));
        print("step: suspects", stepAtTop, share(all, one -> isAmong(3, one.step(), one.suspectedSteps())));
        print(
                "step: any",
                share(all, one -> any(1, one.speakers().size())),
                share(all, one -> any(3, one.speakers().size())));

        if (System.getProperty("who-and-when") == null) {
            assertThat(agentAtTop).as("as docs/suspects.md says").isEqualTo(1);
            assertThat(stepAtTop).as("as docs/suspects.md says").isEqualTo(1);
        }
    }

    private static void print(String what, double first, double three) {
        System.out.printf(Locale.ROOT, "%-28s first %5.1f %%   first three %5.1f %%%n", what, 100 * first, 100 * three);
    }

    private static double share(List<Conversation> all, ToDoubleFunction<Conversation> hit) {
        return all.stream().mapToDouble(hit).average().orElseThrow();
    }

    private static <T> double isAmong(int first, T wanted, List<T> ranked) {
        return ranked.stream().limit(first).anyMatch(wanted::equals) ? 1 : 0;
    }

    private static double any(int first, int among) {
        return Math.min(1, (double) first / among);
    }

    private static List<String> lastFirst(Conversation one) {
        List<String> speakers = new ArrayList<>(one.speakers());
        Collections.reverse(speakers);
        return speakers.stream().distinct().toList();
    }

    /** Nothing is lost on the way into the ledger's form. */
    @Test
    void whatIsSaidIsAMessageAndWhatIsRunACall() {
        Conversation one = Conversation.of(
                Json.mapper()
                        .readTree(
                                """
                        {"question": "q", "mistake_agent": "b", "mistake_step": "1", "history": [
                          {"role": "human", "content": "q"},
                          {"role": "b (thought)", "content": "print(1/0)"},
                          {"name": "Computer_terminal", "role": "user", "content": "exitcode: 1 (execution failed)"},
                          {"name": "b", "role": "user", "content": "it is 7"},
                          {"name": "Computer_terminal", "role": "user", "content": "There is no code"}]}
                        """));

        assertThat(one.agents()).containsExactly("b", "Computer_terminal");
        assertThat(one.entryOf().values()).containsExactlyInAnyOrder(1, 1, 3, 4);
        assertThat(one.suspected()).startsWith("b");
        assertThat(one.suspectedSteps()).startsWith(1);
    }
}
