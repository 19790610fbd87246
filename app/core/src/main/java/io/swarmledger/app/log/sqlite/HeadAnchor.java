package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.directory.OwnerOnly;
import io.swarmledger.app.log.Chain;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Position and link of the last event that was acknowledged, in a small file beside the log.
 *
 * <p>SQLite drops commits without a word when its write-ahead log was cut or a bit in it flipped. This file is there, on
 * disk, before the log has its first event, and is written after each commit and before the answers, so that it knows of
 * every event that anybody was told of. It is not synced each time: the process may die at any moment, and what it wrote
 * is there; after a loss of power the anchor may be a second behind the log, never ahead of it.
 */
final class HeadAnchor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeadAnchor.class);

    private static final long MAGIC = 0x5357_4c41_4e43_4852L;
    private static final long SYNC_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int HEAD = Long.BYTES + Chain.BYTES;
    private static final int AROUND = Long.BYTES * 2;

    private final Path log;
    /** Not a channel, which would close for good under the first thread that is interrupted while it appends. */
    private RandomAccessFile content;

    private FileInPlace place;
    private Head last;
    private boolean written;
    private long syncedAt = System.nanoTime();

    private HeadAnchor(Path log) {
        this.log = log;
    }

    /**
     * What an anchor says.
     *
     * @param heads the last acknowledged event; two of them while a restore is under way, of which the log that is there has
     *     one; none if it says nothing
     * @param defect why it says nothing; {@code null} if it does
     */
    record Word(List<Head> heads, String defect) {

        static final Word MISSING = new Word(List.of(), "is not there");
        private static final Word EMPTY = new Word(List.of(), "is empty");

        static Word of(Head head) {
            return new Word(List.of(head), null);
        }

        boolean isSound() {
            return defect == null;
        }

        /** As beside a log that was made this very moment. */
        boolean isOfABeginning() {
            return this == MISSING || this == EMPTY;
        }
    }

    /** Begins the anchor of a log, whatever lay in its place. It is on disk when this returns. */
    static HeadAnchor begin(Path log, Head head) {
        HeadAnchor anchor = new HeadAnchor(log);
        try {
            anchor.makeAnew(head);
            return anchor;
        } catch (IOException failure) {
            throw new LedgerUnavailable(fileOf(log) + " cannot be written: " + failure, failure);
        }
    }

    private void makeAnew(Head head) throws IOException {
        write(log, List.of(head));
        last = head;
        place = FileInPlace.of(fileOf(log));
        content = new RandomAccessFile(fileOf(log).toFile(), "rw");
    }

    static Path fileOf(Path log) {
        return new LedgerFiles(log.toAbsolutePath().getParent()).anchor();
    }

    /** What the anchor of a log says. */
    static Word read(Path log) {
        Path file = fileOf(log);
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Word.MISSING;
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return new Word(List.of(), "is no regular file");
            }
            byte[] bytes = Files.readAllBytes(file);
            return bytes.length == 0 ? Word.EMPTY : decoded(ByteBuffer.wrap(bytes));
        } catch (IOException failure) {
            throw new LedgerUnavailable(file + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static Word decoded(ByteBuffer bytes) {
        int size = bytes.limit();
        boolean whole = size > AROUND
                && (size - AROUND) % HEAD == 0
                && bytes.getLong(0) == MAGIC
                && bytes.getLong(size - Long.BYTES) == crc(bytes);
        if (!whole) {
            return new Word(List.of(), "is damaged");
        }
        List<Head> heads = new ArrayList<>();
        for (bytes.position(Long.BYTES); bytes.remaining() >= HEAD; ) {
            long position = bytes.getLong();
            byte[] link = new byte[Chain.BYTES];
            bytes.get(link);
            heads.add(new Head(position, link));
        }
        return new Word(heads, null);
    }

    private static byte[] encoded(List<Head> heads) {
        ByteBuffer bytes = ByteBuffer.allocate(AROUND + heads.size() * HEAD);
        bytes.putLong(MAGIC);
        heads.forEach(head -> bytes.putLong(head.position()).put(head.link()));
        return bytes.putLong(bytes.limit() - Long.BYTES, crc(bytes)).array();
    }

    /** Writes the anchor of a log as a whole: what was there, whatever it was, is replaced by a file that is on disk. */
    static void write(Path log, List<Head> heads) throws IOException {
        Path file = fileOf(log);
        Path unfinished = file.resolveSibling(file.getFileName() + "-new");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, OwnerOnly.file());
        Files.write(unfinished, encoded(heads));
        Disk.sync(unfinished);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Disk.sync(file.getParent());
    }

    /** The last acknowledged event is this one from now on. */
    void write(Head head) throws IOException {
        last = head;
        content.seek(0);
        content.write(encoded(List.of(head)));
        written = true;
    }

    /**
     * Has what was written on disk, a second after the last time at the earliest. An anchor that was taken away meanwhile is
     * made again: as long as the writer runs, nobody knows better.
     */
    void syncIfDue() throws IOException {
        long now = System.nanoTime();
        if (now - syncedAt <= SYNC_NANOS) {
            return;
        }
        syncedAt = now;
        if (!place.isHeld()) {
            LOG.warn("{} was taken away or replaced, and is made again", fileOf(log));
            content.close();
            makeAnew(last);
        } else if (written) {
            content.getFD().sync();
        }
        written = false;
    }

    @Override
    public void close() {
        try {
            content.getFD().sync();
            content.close();
        } catch (IOException failure) {
            LOG.warn("Closing {}: {}", fileOf(log), failure.getMessage());
        }
    }

    private static long crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(0).limit(bytes.limit() - Long.BYTES));
        return crc.getValue();
    }
}
