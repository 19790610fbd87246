package io.swarmledger.app.imports;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * By what a write to a file is noticed.
 *
 * @param header how the file begins; SQLite counts its commits there
 */
record Trace(long size, FileTime modified, Object key, ByteBuffer header) {

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
