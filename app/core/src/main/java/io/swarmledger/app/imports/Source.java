package io.swarmledger.app.imports;

/**
 * What a {@link Format} makes of a file or a folder: {@linkplain EventSource events} that have versions, or {@linkplain
 * FactSource facts}, which get theirs when they are appended. It is read on one thread, and closed on another.
 */
public sealed interface Source extends AutoCloseable permits EventSource, FactSource {

    /** How far it is read, for {@link Progress}. */
    long done();

    /** How far there is to read, for {@link Progress}; it may grow. */
    long total();

    @Override
    void close();
}
