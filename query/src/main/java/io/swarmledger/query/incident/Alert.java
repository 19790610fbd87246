package io.swarmledger.query.incident;

/**
 * What a rule of alerts says now, since it was raised and not cleared.
 *
 * @param incidentId the incident, or what else the rule is about
 * @param rule the name of the rule
 * @param title what is wrong, in words
 * @param swarmId the swarm that it hits; {@code null} if it hits several or none
 * @param note how it was found when it was raised; {@code null} if nothing was said of that
 * @param at since when, epoch milliseconds
 * @param eventId the event with which it was raised
 * @param by who raised it, {@code null} if nobody knows
 */
public record Alert(
        String incidentId,
        String rule,
        String title,
        String swarmId,
        String note,
        double at,
        String eventId,
        long position,
        String by) {

    /** Of each incident a rule is raised once. */
    public record Key(String rule, String incidentId) {}

    public Key key() {
        return new Key(rule, incidentId);
    }
}
