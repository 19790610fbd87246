package io.swarmledger.app.recorder.claudecode;

import io.swarmledger.app.recorder.ReadReport;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds transcripts: {@code <session>.jsonl}, what its agents wrote below {@code <session>/}, and, of older versions, {@code
 * agent-<id>.jsonl} beside it.
 *
 * @param name the session's id, as far as files are named by it
 * @param files the session's own first
 */
record SessionFiles(String name, List<Path> files) {

    static final String LINES = ".jsonl";
    private static final String AGENT = "agent-";
    private static final int DEEPEST = 16;
    private static final int PEEKED = 20;

    /** Those below a folder, or in a file; the rest of a session's is found from its own file. */
    static List<SessionFiles> under(Path path, ReadReport report) {
        Map<String, List<Path>> bySession = new TreeMap<>();
        if (Files.isDirectory(path)) {
            Path projects = path.resolve("projects");
            walk(Files.isDirectory(projects) ? projects : path, bySession, report);
        } else {
            add(path, bySession);
            Path folder = path.resolveSibling(sessionOf(path));
            if (Files.isDirectory(folder)) {
                walk(folder, bySession, report);
            }
        }
        List<SessionFiles> sessions = new ArrayList<>();
        bySession.forEach((name, files) -> {
            files.sort(Comparator.comparing((Path file) -> isAgents(file)).thenComparing(Path::toString));
            sessions.add(new SessionFiles(name, files));
        });
        return sessions;
    }

    /** The first of those files below a folder that are met. */
    static List<Path> some(Path folder, int most) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && file.toString().endsWith(LINES)) {
                    found.add(file);
                }
                return found.size() < most ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    /** Whether one of its files was written to since then; so is one of which nobody can tell. */
    boolean isChangedSince(Instant time) {
        return files.stream().anyMatch(file -> {
            try {
                return !Files.getLastModifiedTime(file).toInstant().isBefore(time);
            } catch (IOException unreadable) {
                return true;
            }
        });
    }

    private static void walk(Path folder, Map<String, List<Path>> bySession, ReadReport report) {
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isDirectory()) {
                        report.cannotRead(file.toString(), null, "lies too deep");
                    } else if (attributes.isRegularFile() && file.toString().endsWith(LINES)) {
                        add(file, bySession);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    report.cannotRead(
                            file.toString(),
                            null,
                            failure instanceof FileSystemLoopException
                                    ? "is a link to a folder that it is in"
                                    : "cannot be read: " + failure);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
                    if (failure != null) {
                        report.cannotRead(directory.toString(), null, "cannot be read to its end: " + failure);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            report.cannotRead(folder.toString(), null, "cannot be read: " + failure);
        }
    }

    private static void add(Path file, Map<String, List<Path>> bySession) {
        bySession.computeIfAbsent(sessionOf(file), any -> new ArrayList<>()).add(file);
    }

    /** What the file's session is called, or the file itself where nothing says that. */
    private static String sessionOf(Path file) {
        for (Path folder = file.getParent();
                folder != null && folder.getFileName() != null;
                folder = folder.getParent()) {
            if (folder.getFileName().toString().equals("subagents") && folder.getParent() != null) {
                return folder.getParent().getFileName().toString();
            }
        }
        String name = file.getFileName().toString();
        String stem = name.endsWith(LINES) ? name.substring(0, name.length() - LINES.length()) : name;
        return isAgents(file) ? sessionIn(file, stem) : stem;
    }

    /** What the first line says that has a session. */
    private static String sessionIn(Path file, String otherwise) {
        try (Lines lines = new Lines(file)) {
            for (int i = 0; i < PEEKED && lines.next(); i++) {
                String session = Scanned.of(lines.bytes()).map(Scanned::session).orElse(null);
                if (session != null) {
                    return session;
                }
            }
        } catch (IOException unreadable) {
            // It is told when the file is read.
            return otherwise;
        }
        return otherwise;
    }

    /** Whether it is what a subagent wrote. */
    static boolean isAgents(Path file) {
        return file.getFileName().toString().startsWith(AGENT);
    }

    /** The id of the agent whose file it is, as its name says. */
    static String agentOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(AGENT.length(), name.length() - LINES.length());
    }
}
