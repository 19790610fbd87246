package io.swarmledger.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where it was measured.
 *
 * @param maxHeapMb what the process may use
 * @param directory where the files lay, gone by now
 * @param fileSystem of that directory; on {@code tmpfs} nothing is on a disk, and durable figures mean nothing
 */
public record Machine(int cores, double maxHeapMb, String os, String java, String directory, String fileSystem) {

    static Machine of(Path directory) {
        try {
            return new Machine(
                    Runtime.getRuntime().availableProcessors(),
                    Math.rint(Runtime.getRuntime().maxMemory() / 1e6),
                    System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                            + System.getProperty("os.arch"),
                    System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                    directory.toString(),
                    Files.getFileStore(directory).type());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
