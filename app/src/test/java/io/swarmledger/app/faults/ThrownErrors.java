package io.swarmledger.app.faults;

import io.swarmledger.app.worker.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A service whose threads throw what a test asks them to: the next round of the loop that is called like a file in {@link
 * #DIRECTORY} takes that file away and throws the error that it names.
 */
@Configuration(proxyBeanMethods = false)
class ThrownErrors {

    static final String DIRECTORY = "faults.directory";

    /** A file of that name ends the server's thread that its text names. */
    static final String STOP = "stop";

    /** What makes a service one of these. */
    static String[] options(Path directory) {
        return new String[] {
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Dspring.main.sources=" + ThrownErrors.class.getName(),
            "-D" + DIRECTORY + "=" + directory,
        };
    }

    @Bean
    Workers throwingWorkers() {
        Path directory = Path.of(System.getProperty(DIRECTORY));
        return new Workers(name -> {
            taken(directory.resolve(STOP)).ifPresent(ThrownErrors::stop);
            taken(directory.resolve(name)).ifPresent(ThrownErrors::raise);
        });
    }

    private static Optional<String> taken(Path file) {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            String text = Files.readString(file);
            return Files.deleteIfExists(file) ? Optional.of(text) : Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void raise(String error) {
        if (error.equals("StackOverflowError")) {
            throw new StackOverflowError("asked for");
        }
        throw new OutOfMemoryError("asked for");
    }

    private static void stop(String suffix) {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith(suffix))
                .forEach(thread -> throwIn(thread, new OutOfMemoryError("asked for")));
    }

    private static void throwIn(Thread thread, Error error) {
        try {
            Method stop = Thread.class.getDeclaredMethod("stop0", Object.class);
            stop.setAccessible(true);
            stop.invoke(thread, error);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
