package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.app.imports.Format;
import io.swarmledger.app.recorder.ReadReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds claude-flow's state. Links are not followed: what they lead to is somebody else's, or comes twice. */
final class StateFiles {

    static final List<String> FOLDERS = List.of(".claude-flow", ".swarm");
    private static final Pattern NAMES = Pattern.compile(".*\\.(json|jsonl|ndjson|rvf|db)");
    private static final int DEPTH = 4;
    private static final int MOST_FILES = 10_000;

    private StateFiles() {}

    /** One file of it. */
    record Part(Kind kind, Path file) {}

    /** What is in a folder, in the order that it is to be read in: first what tells the swarms. */
    static List<Part> in(Path folder, ReadReport report) {
        List<Part> parts = new ArrayList<>();
        List<Path> roots = FOLDERS.stream()
                .map(folder::resolve)
                .filter(root -> Files.exists(root, LinkOption.NOFOLLOW_LINKS))
                .toList();
        if (roots.isEmpty()) {
            walk(folder, parts, report);
        } else {
            roots.forEach(root -> walk(root, parts, report));
        }
        parts.sort(Comparator.comparing(Part::kind)
                .thenComparing(part -> part.file().toString()));
        return parts;
    }

    private static void walk(Path root, List<Part> parts, ReadReport report) {
        try {
            Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), DEPTH, new Finder(parts, report));
        } catch (IOException failure) {
            report.cannotRead(root.toString(), null, reason(failure));
        }
    }

    /** What is in a file; empty if it is none of claude-flow's state. */
    static Optional<Kind> kindOf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Kind.of(file, in.readNBytes(Format.BEGINNING));
        }
    }

    static String reason(IOException failure) {
        return "cannot be read: " + failure;
    }

    private static final class Finder extends SimpleFileVisitor<Path> {

        /** Dependencies and version control hold files of others. */
        private static final Set<String> PASSED_BY = Set.of("node_modules", ".git");

        private final List<Part> parts;
        private final ReadReport report;
        private int files;

        Finder(List<Part> parts, ReadReport report) {
            this.parts = parts;
            this.report = report;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return PASSED_BY.contains(String.valueOf(directory.getFileName()))
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (++files > MOST_FILES) {
                report.cannotRead(
                        file.getParent().toString(), null, "has more than " + MOST_FILES + " files with others");
                return FileVisitResult.TERMINATE;
            }
            if (attributes.isSymbolicLink()) {
                report.cannotRead(file.toString(), null, "is a symbolic link, which is not followed");
            } else if (attributes.isRegularFile()
                    && NAMES.matcher(file.getFileName().toString()).matches()) {
                take(file);
            }
            return FileVisitResult.CONTINUE;
        }

        private void take(Path file) {
            try {
                kindOf(file).filter(kind -> kind != Kind.SNAPSHOTS).ifPresent(kind -> parts.add(new Part(kind, file)));
            } catch (IOException failure) {
                visitFileFailed(file, failure);
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            report.cannotRead(file.toString(), null, reason(failure));
            return FileVisitResult.CONTINUE;
        }
    }
}
