package io.swarmledger.app.view;

import org.axonframework.eventhandling.tokenstore.TokenStore;

/**
 * The tokens of the ledger's own processors. They are no token store to whoever looks for one: those of other processors
 * have no place in the views' transactions.
 */
public record ViewTokens(TokenStore store) {}
