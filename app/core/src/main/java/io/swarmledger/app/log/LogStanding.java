package io.swarmledger.app.log;

/**
 * Whose log it is and how far it goes: what a file that is made from it must fit.
 *
 * @param head the position of the last event, 0 if there is none
 */
public record LogStanding(String ledgerId, long head) {}
