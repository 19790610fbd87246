package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.log.Chain;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Position and link of the last event that was acknowledged, in a small file beside the log.
 *
 * <p>SQLite drops commits without a word when its write-ahead log was cut or a bit in it flipped. This file is written
 * after each commit and before the answers, so that it knows of every event that anybody was told of. It is not synced
 * each time: the process may die at any moment, and what it wrote is there; after a loss of power the anchor may be a
 * second behind the log, never ahead of it.
 */
final class HeadAnchor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeadAnchor.class);

    private static final long MAGIC = 0x5357_4c41_4e43_4852L;
    private static final long SYNC_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int SIZE = Long.BYTES * 2 + Chain.BYTES + Long.BYTES;

    private final Path file;
    /** Not a channel, which would close for good under the first thread that is interrupted while it appends. */
    private final RandomAccessFile content;

    private final ByteBuffer buffer = ByteBuffer.allocate(SIZE);
    private boolean written;
    private long syncedAt = System.nanoTime();

    private HeadAnchor(Path file, RandomAccessFile content) {
        this.file = file;
        this.content = content;
    }

    /** Opens the anchor of a log, made if it is not there. */
    static HeadAnchor open(Path log) {
        Path file = fileOf(log);
        try {
            return new HeadAnchor(file, new RandomAccessFile(file.toFile(), "rw"));
        } catch (IOException failure) {
            throw new LedgerUnavailable(file + " cannot be opened: " + failure.getMessage(), failure);
        }
    }

    static Path fileOf(Path log) {
        return new LedgerFiles(log.toAbsolutePath().getParent()).anchor();
    }

    /** What the anchor of a log says; empty if there is none, or if it is damaged itself. */
    static Optional<Head> read(Path log) {
        Path file = fileOf(log);
        try {
            byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            if (bytes.length == 0) {
                return Optional.empty();
            }
            ByteBuffer content = ByteBuffer.wrap(bytes);
            if (bytes.length == SIZE
                    && content.getLong(0) == MAGIC
                    && content.getLong(SIZE - Long.BYTES) == crc(content)) {
                byte[] link = new byte[Chain.BYTES];
                content.get(Long.BYTES * 2, link);
                return Optional.of(new Head(content.getLong(Long.BYTES), link));
            }
            LOG.warn("{} is damaged and says nothing: what the log lost at its end cannot be told", file);
            return Optional.empty();
        } catch (IOException failure) {
            throw new LedgerUnavailable(file + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** The last acknowledged event is this one from now on. */
    void write(Head head) throws IOException {
        buffer.clear();
        buffer.putLong(MAGIC).putLong(head.position()).put(head.link()).putLong(0);
        buffer.putLong(SIZE - Long.BYTES, crc(buffer));
        content.seek(0);
        content.write(buffer.array());
        written = true;
    }

    /** Has what was written on disk, a second after the last time at the earliest. */
    void syncIfDue() throws IOException {
        long now = System.nanoTime();
        if (written && now - syncedAt > SYNC_NANOS) {
            written = false;
            syncedAt = now;
            content.getFD().sync();
        }
    }

    @Override
    public void close() {
        try {
            content.getFD().sync();
            content.close();
        } catch (IOException failure) {
            LOG.warn("Closing {}: {}", file, failure.getMessage());
        }
    }

    private static long crc(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(content.duplicate().position(0).limit(SIZE - Long.BYTES));
        return crc.getValue();
    }
}
