package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.directory.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A database that somebody else made and may still write to, with the {@code -wal} or {@code -journal} beside it, in which
 * a part of it may stand. It is only read, not even locked; whether it was written to meanwhile is asked afterwards.
 */
public final class ForeignFiles {

    private static final List<String> UNFINISHED = List.of("-wal", "-journal");

    private final Path file;
    private final List<Trace> before;

    private ForeignFiles(Path file, List<Trace> before) {
        this.file = file;
        this.before = before;
    }

    /** As they are now. */
    public static ForeignFiles of(Path file) throws IOException {
        return new ForeignFiles(file, tracesOf(file));
    }

    /** Whether a part of the database may not be in its file. */
    public boolean areUnfinished() {
        return before.stream().skip(1).anyMatch(companion -> companion.size() > 0);
    }

    /** Of the file itself, bytes. */
    public long size() {
        return before.get(0).size();
    }

    /** Whether nobody has written to them since. */
    public boolean areUnchanged() throws IOException {
        return tracesOf(file).equals(before);
    }

    /** Copies all of it to that file and beside it: SQLite completes what is not finished when it opens the copy. */
    public void copyTo(Path copy) throws IOException {
        Files.copy(file, copy);
        OwnerOnly.make(copy);
        for (String suffix : UNFINISHED) {
            try {
                Path companion = companion(copy, suffix);
                Files.copy(companion(file, suffix), companion);
                OwnerOnly.make(companion);
            } catch (NoSuchFileException none) {
                continue;
            }
        }
    }

    private static List<Trace> tracesOf(Path file) throws IOException {
        List<Trace> traces = new ArrayList<>(List.of(Trace.of(file)));
        for (String suffix : UNFINISHED) {
            traces.add(Trace.of(companion(file, suffix)));
        }
        return traces;
    }

    private static Path companion(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /**
     * By what a write to a file is noticed.
     *
     * @param header how the file begins; SQLite counts its commits there
     */
    private record Trace(long size, FileTime modified, Object key, ByteBuffer header) {

        private static final int HEADER = 100;

        /** The trace of a file, which may not be there. */
        static Trace of(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file)) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                ByteBuffer header = ByteBuffer.allocate(HEADER);
                channel.read(header, 0);
                return new Trace(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey(), header.flip());
            } catch (NoSuchFileException none) {
                return new Trace(0, null, null, null);
            }
        }
    }
}
