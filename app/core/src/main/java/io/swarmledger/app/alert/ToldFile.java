package io.swarmledger.app.alert;

import io.swarmledger.app.directory.OwnerOnly;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * How far the receiver of alerts was told, in a small file of the ledger's directory. It is no part of the log, so that
 * what is restored or forked tells nobody what was told already.
 */
final class ToldFile {

    private static final Logger LOG = LoggerFactory.getLogger(ToldFile.class);

    private static final int LONGEST = 4_096;

    private final Path file;
    private final String ledgerId;

    /** Of that ledger alone: what another one's file says is of other positions. */
    ToldFile(Path file, String ledgerId) {
        this.file = file;
        this.ledgerId = ledgerId;
    }

    private record Told(String ledgerId, long position) {}

    /** The position of the last event that was told, or need not be; empty if nobody knows. */
    Optional<Long> read() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                throw new IOException("it is no such file");
            }
            Told told = Json.mapper().readValue(Files.readAllBytes(file), Told.class);
            return told != null && ledgerId.equals(told.ledgerId()) ? Optional.of(told.position()) : Optional.empty();
        } catch (IOException | JacksonException unreadable) {
            LOG.warn("{} cannot be read, alerts are told from now on: {}", file, unreadable.toString());
            return Optional.empty();
        }
    }

    /** Under another name first, and on disk: after a crash it is the old one or the new one. */
    void write(long position) {
        Path unfinished = file.resolveSibling(file.getFileName() + "-new");
        try {
            Files.deleteIfExists(unfinished);
            Files.createFile(unfinished, OwnerOnly.file());
            Files.write(unfinished, Json.mapper().writeValueAsBytes(new Told(ledgerId, position)));
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " cannot be written", failure);
        }
    }
}
