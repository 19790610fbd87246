package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.Page;
import io.swarmledger.query.memory.FindColdMemories;
import io.swarmledger.query.memory.FindHotMemories;
import io.swarmledger.query.memory.FindMemories;
import io.swarmledger.query.memory.GetNamespaces;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.memory.Namespace;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What is remembered, where, how often it is read, and who wrote and read it. */
@Hidden
@Controller
final class MemoryPage {

    private static final int NAMESPACES = 20;
    private static final int NOTABLE = 8;

    private final Gateways gateways;
    private final Provenances provenances;

    MemoryPage(Gateways gateways, Provenances provenances) {
        this.gateways = gateways;
        this.provenances = provenances;
    }

    /**
     * What a person wants to see; what is {@code null} or empty says nothing.
     *
     * @param includeDeleted whether what was deleted or expired is listed too
     * @param spaces where the page of the namespaces ended
     * @param id the memory whose provenance is shown
     * @param history where the page of its events ended
     * @param sort as in {@link FindMemories}
     */
    record MemoriesAsked(
            String namespace,
            String type,
            Boolean includeDeleted,
            String swarmId,
            String cursor,
            String spaces,
            String id,
            String history,
            String sort) {}

    /**
     * A namespace beside the largest of its page.
     *
     * @param share of the largest one's size, in per cent
     */
    record Space(Namespace namespace, double share) {}

    @GetMapping("/memory")
    String page(@ModelAttribute("wish") MemoriesAsked wish, Model page) {
        String namespace = Given.orNull(wish.namespace());
        String swarmId = Given.orNull(wish.swarmId());
        Page<Namespace> namespaces = gateways.page(
                new GetNamespaces(swarmId, NAMESPACES, Given.orNull(wish.spaces())), Namespace.class, null);
        page.addAttribute("namespaces", namespaces);
        page.addAttribute("spaces", spaces(namespaces));
        List<MemoryState> hot =
                gateways
                        .page(new FindHotMemories(namespace, swarmId, NOTABLE, null), MemoryState.class, null)
                        .items()
                        .stream()
                        .filter(memory -> memory.accessCount() > 0)
                        .toList();
        page.addAttribute("hot", hot);
        page.addAttribute(
                "cold",
                gateways
                        .page(new FindColdMemories(namespace, swarmId, NOTABLE, null), MemoryState.class, null)
                        .items()
                        .stream()
                        .filter(memory -> !hot.contains(memory))
                        .toList());
        page.addAttribute(
                "memories",
                gateways.page(
                        new FindMemories(
                                namespace,
                                Given.orNull(wish.type()),
                                Boolean.TRUE.equals(wish.includeDeleted()),
                                swarmId,
                                null,
                                Given.orNull(wish.cursor()),
                                Given.orNull(wish.sort())),
                        MemoryState.class,
                        null));
        page.addAttribute(
                "one",
                Given.orNull(wish.id()) == null ? null : provenances.of(wish.id(), Given.orNull(wish.history())));
        return "memory";
    }

    private static List<Space> spaces(Page<Namespace> page) {
        double largest = page.items().stream().mapToLong(Namespace::size).max().orElse(0);
        return page.items().stream()
                .map(one -> new Space(one, largest <= 0 ? 0 : Math.max(0.5, one.size() * 100 / largest)))
                .toList();
    }
}
