package io.swarmledger.app.view;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A token store each of whose calls is a transaction, or part of the one that is under way: whoever calls it need not
 * have begun any, and a call that looks twice looks through one connection.
 */
final class TokensInTransactions implements TokenStore {

    private final TokenStore tokens;
    private final TransactionOperations transactions;

    TokensInTransactions(TokenStore tokens, TransactionOperations transactions) {
        this.tokens = tokens;
        this.transactions = transactions;
    }

    private <T> T in(Supplier<T> call) {
        return transactions.execute(transaction -> call.get());
    }

    private void in(Runnable call) {
        transactions.executeWithoutResult(transaction -> call.run());
    }

    @Override
    public void initializeTokenSegments(String processor, int segments) {
        in(() -> tokens.initializeTokenSegments(processor, segments));
    }

    @Override
    public void initializeTokenSegments(String processor, int segments, TrackingToken first) {
        in(() -> tokens.initializeTokenSegments(processor, segments, first));
    }

    @Override
    public void storeToken(TrackingToken token, String processor, int segment) {
        in(() -> tokens.storeToken(token, processor, segment));
    }

    @Override
    public TrackingToken fetchToken(String processor, int segment) {
        return in(() -> tokens.fetchToken(processor, segment));
    }

    @Override
    public TrackingToken fetchToken(String processor, Segment segment) {
        return in(() -> tokens.fetchToken(processor, segment));
    }

    @Override
    public void extendClaim(String processor, int segment) {
        in(() -> tokens.extendClaim(processor, segment));
    }

    @Override
    public void releaseClaim(String processor, int segment) {
        in(() -> tokens.releaseClaim(processor, segment));
    }

    @Override
    public void initializeSegment(TrackingToken token, String processor, int segment) {
        in(() -> tokens.initializeSegment(token, processor, segment));
    }

    @Override
    public void deleteToken(String processor, int segment) {
        in(() -> tokens.deleteToken(processor, segment));
    }

    @Override
    public boolean requiresExplicitSegmentInitialization() {
        return tokens.requiresExplicitSegmentInitialization();
    }

    @Override
    public int[] fetchSegments(String processor) {
        return in(() -> tokens.fetchSegments(processor));
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processor) {
        return in(() -> tokens.fetchAvailableSegments(processor));
    }

    @Override
    public Optional<String> retrieveStorageIdentifier() {
        return in(tokens::retrieveStorageIdentifier);
    }
}
