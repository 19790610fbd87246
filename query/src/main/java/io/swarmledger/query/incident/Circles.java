package io.swarmledger.query.incident;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What waits for itself in the end, by the algorithm of Tarjan, without recursion: a chain may be as long as it likes. */
final class Circles {

    private final Function<String, Collection<String>> waitsFor;
    private final Map<String, Integer> order = new HashMap<>();
    private final Map<String, Integer> lowest = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> isOpen = new HashSet<>();
    private final List<List<String>> found = new ArrayList<>();

    private Circles(Function<String, Collection<String>> waitsFor) {
        this.waitsFor = waitsFor;
    }

    /**
     * The circles among these, each in the order of its names.
     *
     * @param waitsFor what one waits for; what is not among these is passed over
     */
    static List<List<String>> among(Set<String> all, Function<String, Collection<String>> waitsFor) {
        Circles circles = new Circles(
                one -> waitsFor.apply(one).stream().filter(all::contains).toList());
        all.forEach(circles::visit);
        return circles.found;
    }

    private record Visit(String one, Iterator<String> rest) {}

    private void visit(String first) {
        if (order.containsKey(first)) {
            return;
        }
        Deque<Visit> path = new ArrayDeque<>();
        path.push(begin(first));
        while (!path.isEmpty()) {
            Visit at = path.peek();
            if (at.rest().hasNext()) {
                String next = at.rest().next();
                if (!order.containsKey(next)) {
                    path.push(begin(next));
                } else if (isOpen.contains(next)) {
                    lowest.merge(at.one(), order.get(next), Math::min);
                }
            } else {
                path.pop();
                if (!path.isEmpty()) {
                    lowest.merge(path.peek().one(), lowest.get(at.one()), Math::min);
                }
                close(at.one());
            }
        }
    }

    private Visit begin(String one) {
        order.put(one, order.size());
        lowest.put(one, order.get(one));
        open.push(one);
        isOpen.add(one);
        return new Visit(one, waitsFor.apply(one).iterator());
    }

    private void close(String one) {
        if (!lowest.get(one).equals(order.get(one))) {
            return;
        }
        List<String> circle = new ArrayList<>();
        String last;
        do {
            last = open.pop();
            isOpen.remove(last);
            circle.add(last);
        } while (!last.equals(one));
        if (circle.size() > 1 || waitsFor.apply(one).contains(one)) {
            Collections.sort(circle);
            found.add(circle);
        }
    }
}
