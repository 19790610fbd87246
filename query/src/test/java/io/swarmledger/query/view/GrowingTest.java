package io.swarmledger.query.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.events.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class GrowingTest {

    private static List<String> randomItems(Random random) {
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            items.add("item-" + random.nextInt(5));
        }
        return items;
    }

    /** Against a plain list. */
    @Test
    void isTheListOfWhatWasAdded() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<String> items = randomItems(random);
            Growing<String> list = Growing.empty();
            for (String item : items) {
                list = list.with(item);
            }
            assertThat(list.toList()).as("seed %d", seed).isEqualTo(items);
            assertThat(list.size()).isEqualTo(items.size());
            assertThat(list).isEqualTo(Growing.of(items)).hasSameHashCodeAs(Growing.of(items));
            assertThat(list.with("other")).isNotEqualTo(list);
            String json = Json.mapper().writeValueAsString(list);
            assertThat(json).isEqualTo(Json.mapper().writeValueAsString(items));
            assertThat(Json.mapper().readValue(json, new TypeReference<Growing<String>>() {}))
                    .isEqualTo(list);
        }
    }

    @Test
    void whatWasThereBeforeStaysAsItWas() {
        Growing<String> one = Growing.of(List.of("a"));
        Growing<String> two = one.with("b");
        Growing<String> other = one.with("c");
        assertThat(one.toList()).containsExactly("a");
        assertThat(two.toList()).containsExactly("a", "b");
        assertThat(other.toList()).containsExactly("a", "c");
    }

    @Test
    void whatStayedOnDiskIsCountedAndNotToldAgain() {
        Growing<String> list = Growing.<String>onDisk(100_000).with("a").with("b");
        assertThat(list.before()).isEqualTo(100_000);
        assertThat(list.size()).isEqualTo(100_002);
        assertThat(list.added()).containsExactly("a", "b");
        assertThatThrownBy(list::toList).isInstanceOf(IllegalStateException.class);
        assertThat(Growing.onDisk(2)).isNotEqualTo(Growing.of(List.of("a", "b")));
        assertThat(Growing.onDisk(0)).isEqualTo(Growing.empty());
    }

    @Test
    void manyItemsNeedNoDeepStack() {
        Growing<Integer> list = Growing.empty();
        for (int i = 0; i < 200_000; i++) {
            list = list.with(i);
        }
        assertThat(list).isEqualTo(Growing.of(list.toList()));
        assertThat(list.toList()).hasSize(200_000);
    }

    /** Against a plain list, lists that came of each other looked into in any order. */
    @Test
    void knowsWhatItHas() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Growing<String>> lists = new ArrayList<>(
                List.of(Growing.empty(), Growing.onDisk(2, item -> item.equals("item-7") || item.equals("item-8"))));
        List<List<String>> plain = new ArrayList<>(List.of(List.of(), List.of("item-7", "item-8")));
        for (int i = 0; i < 500; i++) {
            int from = random.nextInt(lists.size());
            String item = "item-" + random.nextInt(40);
            List<String> more = new ArrayList<>(plain.get(from));
            more.add(item);
            plain.add(more);
            lists.add(lists.get(from).with(item));
            int asked = random.nextInt(lists.size());
            String question = "item-" + random.nextInt(40);
            assertThat(lists.get(asked).has(question))
                    .as("seed %d", seed)
                    .isEqualTo(plain.get(asked).contains(question));
        }
    }

    @Test
    void doesNotGuessWhatIsOnDisk() {
        assertThatThrownBy(() -> Growing.onDisk(2).has("a")).isInstanceOf(IllegalStateException.class);
    }
}
