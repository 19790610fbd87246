package io.swarmledger.app.http.events;

import io.swarmledger.commands.Appended;
import io.swarmledger.events.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.springframework.util.StreamUtils;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** An answer in lines that begins when there is something to say. */
final class AnswerLines {

    private static final ObjectWriter APPENDED = Json.mapper()
            .writerFor(Appended.class)
            .withRootValueSeparator("\n")
            // Each would be a packet of its own.
            .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);

    private static final JsonMapper PROBLEMS = Json.mapper()
            .rebuild()
            .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
            .build();

    private final HttpServletResponse response;
    private boolean begun;

    AnswerLines(HttpServletResponse response) {
        this.response = response;
    }

    /** Whether it is too late for another status. */
    boolean hasBegun() {
        return begun;
    }

    void begin() {
        if (!begun) {
            begun = true;
            response.setStatus(HttpStatus.CREATED.value());
            response.setContentType(AppendEvents.NDJSON);
        }
    }

    /** Sends an answer a line; returns when they are on their way. None is nothing to begin for. */
    void write(List<Appended> answers) {
        if (answers.isEmpty()) {
            return;
        }
        begin();
        try {
            OutputStream out = response.getOutputStream();
            try (SequenceWriter lines = APPENDED.writeValues(StreamUtils.nonClosing(out))) {
                lines.writeAll(answers);
            }
            out.write('\n');
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Sends the last line: why there are no more. */
    void end(ProblemDetail problem) throws IOException {
        OutputStream out = response.getOutputStream();
        out.write(PROBLEMS.writeValueAsBytes(problem));
        out.write('\n');
        out.flush();
    }
}
