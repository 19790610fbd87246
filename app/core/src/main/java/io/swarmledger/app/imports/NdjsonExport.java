package io.swarmledger.app.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another ledger's export: one event a line. */
public final class NdjsonExport implements Format {

    @Override
    public boolean mayBegin(Path path, byte[] beginning) {
        return new String(beginning, StandardCharsets.UTF_8).stripLeading().startsWith("{");
    }

    @Override
    public Source open(Path path, Reading reading) throws IOException {
        return NdjsonEvents.open(path);
    }
}
