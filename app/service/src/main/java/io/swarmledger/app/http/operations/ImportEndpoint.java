package io.swarmledger.app.http.operations;

import io.swagger.v3.oas.annotations.Parameter;
import io.swarmledger.app.door.BodyTooLarge;
import io.swarmledger.app.http.RequestBytes;
import io.swarmledger.app.http.security.Callers;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.ImportRefused;
import io.swarmledger.app.imports.ImportWish;
import io.swarmledger.app.imports.Imported;
import io.swarmledger.app.recorder.Content;
import io.swarmledger.app.wiring.LedgerProperties;
import io.swarmledger.commands.Require;
import io.swarmledger.query.InvalidQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes in what others recorded, into a ledger that is in use. */
@RestController
class ImportEndpoint {

    private final Operations operations;
    private final Import imports;
    private final long maxSize;

    ImportEndpoint(Operations operations, Import imports, LedgerProperties properties) {
        this.operations = operations;
        this.imports = imports;
        maxSize = properties.imports().maxSize().toBytes();
    }

    /**
     * Imports a file, which is the body: an export, a claude-flow database of events or memories, an .rvf log, a store of
     * claude-flow's, a transcript of Claude Code, or facts in lines. What an operation of the kind import is followed like any
     * other; its result says what was added, was there already, was passed over, is not known and could not be read.
     *
     * @param content how much of what agents read, write and say is kept: none, titles or full
     * @param prefix put before every id
     */
    @PostMapping("/api/imports")
    ResponseEntity<Operation.Status> take(
            @Parameter(description = "How much of what agents read, write and say is kept: none, titles or full")
                    @RequestParam(defaultValue = "titles")
                    String content,
            @Parameter(description = "Put before every id") @RequestParam(required = false) String prefix,
            HttpServletRequest request)
            throws IOException {
        ImportWish wish = ImportWish.USUAL
                .withPrefix(Optional.ofNullable(prefix).map(text -> Require.id("prefix", text)))
                .with(contentOf(content))
                .by(Callers.of(request).name());
        if (request.getContentLengthLong() > maxSize) {
            throw BodyTooLarge.upload(maxSize);
        }
        Upload upload = Upload.of(request.getInputStream(), RequestBytes.of(request), maxSize);
        boolean isBegun = false;
        try {
            if (upload.size() == 0) {
                throw InvalidQuery.malformed("body", "is empty: send what is to be imported");
            }
            Operation operation = operations.begin("import", upload.size(), progress -> {
                try (upload) {
                    return take(upload, wish, progress);
                }
            });
            isBegun = true;
            return OperationEndpoints.followed(operation);
        } finally {
            if (!isBegun) {
                upload.close();
            }
        }
    }

    private Imported take(Upload upload, ImportWish wish, Operation progress) {
        try {
            return imports.from(upload.file(), wish, (done, total) -> progress.accept(done));
        } catch (ImportRefused refused) {
            throw refused.of(Upload.NAME);
        }
    }

    private static Content contentOf(String word) {
        try {
            return Content.of(word);
        } catch (IllegalArgumentException none) {
            throw InvalidQuery.malformed("content", "is none of none, titles and full");
        }
    }
}
