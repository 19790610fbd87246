package io.swarmledger.app.http.operations;

import io.swarmledger.app.directory.Workshop;
import io.swarmledger.app.door.BodyBytes;
import io.swarmledger.app.door.BodyTooLarge;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A body in a file of its own, which is gone when it is closed. */
final class Upload implements AutoCloseable {

    /** What whoever sent it knows it by. */
    static final Path NAME = Path.of("upload");

    private static final int PART = 64 << 10;

    private final Workshop workshop;
    private final long size;

    private Upload(Workshop workshop, long size) {
        this.workshop = workshop;
        this.size = size;
    }

    /**
     * Takes all of a body.
     *
     * @param occupied what it occupies until it is in the file
     * @param most bytes
     * @throws BodyTooLarge if there is more
     */
    static Upload of(InputStream body, BodyBytes occupied, long most) throws IOException {
        Workshop workshop = Workshop.in(Path.of(System.getProperty("java.io.tmpdir")));
        boolean isWhole = false;
        try {
            long size = copy(body, workshop.file(NAME.toString()), occupied, most);
            isWhole = true;
            return new Upload(workshop, size);
        } finally {
            if (!isWhole) {
                workshop.close();
            }
        }
    }

    private static long copy(InputStream body, Path file, BodyBytes occupied, long most) throws IOException {
        byte[] part = new byte[PART];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = body.read(part); read >= 0; read = body.read(part)) {
                size += read;
                if (size > most) {
                    throw BodyTooLarge.upload(most);
                }
                out.write(part, 0, read);
                occupied.release(size);
            }
        }
        return size;
    }

    Path file() {
        return workshop.file(NAME.toString());
    }

    /** Bytes. */
    long size() {
        return size;
    }

    @Override
    public void close() {
        try {
            workshop.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
