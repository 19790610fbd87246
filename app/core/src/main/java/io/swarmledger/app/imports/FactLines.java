package io.swarmledger.app.imports;

import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.FactJson;
import io.swarmledger.app.recorder.Facts;
import io.swarmledger.app.recorder.ReadReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Facts, one a line, behind a first line {@value #FIRST_LINE}: events as they are shown everywhere, without versions. So one
 * ledger's importer sends to another what it read.
 */
public final class FactLines implements Format {

    /** That no export begins with. */
    public static final String FIRST_LINE = "{\"facts\":1}";

    /** Bytes; in a small heap less. */
    private static final int LONGEST_LINE =
            (int) Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

    @Override
    public boolean mayBegin(Path path, byte[] beginning) {
        // Some write a space behind a colon.
        return new String(beginning, StandardCharsets.UTF_8)
                .replaceAll("[ \\t\r]", "")
                .startsWith(FIRST_LINE);
    }

    @Override
    public Source open(Path path, Reading reading) throws IOException {
        return new FactSource(new InLines(path));
    }

    private static final class InLines implements Facts {

        private final ReadReport report = new ReadReport();
        private final String name;
        private final Lines lines;

        InLines(Path file) throws IOException {
            name = file.getFileName().toString();
            lines = new Lines(Files.newInputStream(file), LONGEST_LINE);
            lines.next();
        }

        @Override
        public Optional<Fact> next() {
            try {
                while (lines.next()) {
                    report.read();
                    Optional<Fact> fact = fact();
                    if (fact.isPresent()) {
                        return fact;
                    }
                }
            } catch (IOException failure) {
                report.cannotRead(name, lines.number(), "cannot be read beyond: " + failure);
            }
            return Optional.empty();
        }

        private Optional<Fact> fact() {
            if (lines.defect() != null) {
                report.cannotRead(name, lines.number(), lines.defect());
                return Optional.empty();
            }
            try {
                return Optional.of(FactJson.read(lines.text()));
            } catch (IllegalArgumentException noFact) {
                report.cannotRead(name, lines.number(), noFact.getMessage());
                return Optional.empty();
            }
        }

        @Override
        public ReadReport report() {
            return report;
        }

        @Override
        public void close() {
            try {
                lines.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
