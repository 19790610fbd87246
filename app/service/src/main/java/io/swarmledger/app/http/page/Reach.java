package io.swarmledger.app.http.page;

import java.util.Map;
import java.util.Set;

/** What of each page is limited by the range, in words: a number that looks limited and is not would mislead. */
final class Reach {

    private static final String NONE = "Does not limit this page; it is kept for the next one.";

    private static final Map<String, String> OF_PAGES = Map.ofEntries(
            Map.entry("/events", "Limits the events that are listed."),
            Map.entry(
                    "/",
                    "Limits the chart of events alone. What needs attention and how swarms stand is of now, all counts are"
                            + " of all time."),
            Map.entry(
                    "/swarm",
                    "Limits the chart of events and the calls. How the swarm stands and what needs attention is of now."),
            Map.entry("/story", "Limits the events that are told."),
            Map.entry(
                    "/tasks",
                    "Lists the tasks that were there in it: created before its end and not over before its beginning, each"
                            + " as it stands now. The counts by status are of all time."),
            Map.entry(
                    "/agents",
                    "Lists the agents that were there in it: spawned before its end and not stopped before its beginning, each"
                            + " as it stands now. All numbers are of all time."),
            Map.entry("/run", "Zooms the lanes alone, where it is of this run; all else is of the whole run."),
            Map.entry("/attempts", "Limits the attempts that are listed."),
            Map.entry("/failures", "Limits the failures that are counted, and the attempts that are compared."),
            Map.entry(
                    "/incidents",
                    "Lists what occurred or stood still within it. How each stands, and how often it occurred, is of all"
                            + " time."));

    /** They show everything, whichever swarm is looked at elsewhere. */
    private static final Set<String> OF_ALL_SWARMS = Set.of("/", "/operations", "/trace", "/why");

    private Reach() {}

    /** Whether the page at that path shows one swarm alone where that is asked for. */
    static boolean isOfSwarm(String path) {
        return !OF_ALL_SWARMS.contains(path) && !path.startsWith("/trace/");
    }

    /** Of the page at that path. */
    static String of(String path) {
        return OF_PAGES.getOrDefault(path, NONE);
    }
}
