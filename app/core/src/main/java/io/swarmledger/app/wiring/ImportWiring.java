package io.swarmledger.app.wiring;

import io.swarmledger.app.imports.EventDatabase;
import io.swarmledger.app.imports.FactLines;
import io.swarmledger.app.imports.Format;
import io.swarmledger.app.imports.Formats;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.NdjsonExport;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.recorder.claudecode.ClaudeCodeSessions;
import io.swarmledger.app.recorder.claudeflow.ClaudeFlowState;
import io.swarmledger.events.StoredTypes;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;

/** What others recorded, into the log. The application's own formats were there before these, and are asked before them. */
class ImportWiring {

    @Bean
    Format ledgerFactLinesFormat() {
        return new FactLines();
    }

    @Bean
    Format ledgerClaudeCodeFormat() {
        return new ClaudeCodeSessions();
    }

    @Bean
    Format ledgerClaudeFlowFormat() {
        return new ClaudeFlowState();
    }

    @Bean
    Format ledgerEventDatabaseFormat() {
        return new EventDatabase();
    }

    /** It takes whatever looks like JSON, and so comes last. */
    @Bean
    Format ledgerNdjsonFormat() {
        return new NdjsonExport();
    }

    @Bean
    Formats ledgerFormats(ObjectProvider<Format> formats) {
        return new Formats(formats.orderedStream().toList());
    }

    @Bean
    Import ledgerImport(LogFile log, StoredTypes types, Formats formats, Clock clock) {
        return new Import(log, types, formats, clock);
    }
}
