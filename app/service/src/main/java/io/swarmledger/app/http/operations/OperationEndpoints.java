package io.swarmledger.app.http.operations;

import io.swarmledger.app.backup.Backup;
import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.http.DoorPath;
import io.swarmledger.app.log.LogAdmin;
import io.swarmledger.app.log.Verdict;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.view.Positions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Work on the ledger as a whole: begun with one request, followed with others. */
@RestController
@RequestMapping("/api/operations")
class OperationEndpoints {

    private final Operations operations;
    private final BackupFiles backups;
    private final Path log;
    private final LogAdmin admin;
    private final AggregateTypes aggregates;
    private final Positions positions;

    OperationEndpoints(
            Operations operations,
            BackupFiles backups,
            LedgerDirectory ledger,
            LogAdmin admin,
            AggregateTypes aggregates,
            Positions positions) {
        this.operations = operations;
        this.backups = backups;
        this.log = ledger.files().log();
        this.admin = admin;
        this.aggregates = aggregates;
        this.positions = positions;
    }

    /**
     * What to copy the log to.
     *
     * @param file a new name within the ledger's own folder of backups
     */
    record BackupRequest(String file) {}

    /**
     * What a backup is.
     *
     * @param head the last position in it
     * @param size in bytes
     */
    record BackedUp(String file, long events, long head, long size) {}

    @GetMapping
    Page<Operation.Status> all() {
        List<Operation.Status> all = operations.all();
        return new Page<>(all, all.size(), true, null);
    }

    @GetMapping("/{id}")
    Operation.Status one(@PathVariable String id) {
        return operations.of(id);
    }

    /** Copies the log to one file while it is written to, and checks the copy. */
    @PostMapping("/backup")
    ResponseEntity<Operation.Status> backup(@RequestBody BackupRequest request) {
        backups.file(request.file());
        return followed(operations.begin("backup", head(), progress -> {
            // Looked at again: another one of that name may have been made while this one waited.
            Path file = backups.file(request.file());
            backups.makeFolder();
            Verdict verdict = Backup.of(log, file, false, progress);
            return new BackedUp(request.file(), verdict.events(), verdict.head(), sizeOf(file));
        }));
    }

    /** Checks every link of the chain, every payload and the file itself; a log that is not as it was is a result too. */
    @PostMapping("/verify")
    ResponseEntity<Operation.Status> verify() {
        return followed(operations.begin("verify", head(), progress -> admin.verify(aggregates, progress)));
    }

    static ResponseEntity<Operation.Status> followed(Operation operation) {
        Operation.Status status = operation.status();
        return ResponseEntity.accepted()
                .location(URI.create(DoorPath.outside("/api/operations/" + status.id())))
                .body(status);
    }

    private long head() {
        return positions.of(LedgerQuery.LOG);
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
