package io.swarmledger.app.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Another program's file of settings: read whole, replaced whole, with the permissions that it had. */
final class SettingsFile {

    private static final long LARGEST = 4 << 20;
    private static final long MOST_COMPARED = 4_000_000;
    private static final int CONTEXT = 3;
    private static final String KEPT = "  ";
    private static final String LEFT_OUT = "  ...";

    private final Path path;
    private final Path real;

    /**
     * A file, which need not be there.
     *
     * @throws IOException if it cannot be told where it lies
     */
    SettingsFile(Path path) throws IOException {
        this.path = path.toAbsolutePath().normalize();
        this.real = realOf(this.path);
    }

    private static Path realOf(Path path) throws IOException {
        if (Files.exists(path)) {
            return path.toRealPath();
        }
        if (Files.isSymbolicLink(path)) {
            throw new IOException(path + " is a link to what is not there");
        }
        Path folder = path.getParent();
        return folder == null ? path : realOf(folder).resolve(path.getFileName());
    }

    /** Where it lies; said with that, what it is a link to. */
    @Override
    public String toString() {
        return real.equals(path) ? path.toString() : path + ", which is " + real;
    }

    /** What is in it; nothing if it is not there. */
    String text() throws IOException {
        if (!Files.exists(real)) {
            return "";
        }
        if (!Files.isRegularFile(real)) {
            throw new IOException(this + " is no regular file");
        }
        if (Files.size(real) > LARGEST) {
            throw new IOException(this + " is larger than " + LARGEST + " bytes");
        }
        try {
            return Files.readString(real);
        } catch (CharacterCodingException notText) {
            throw new IOException(this + " is no text in UTF-8", notText);
        } catch (AccessDeniedException denied) {
            throw new IOException(this + " cannot be read by this user", denied);
        }
    }

    /** Replaces it, all or nothing. */
    void write(String text) throws IOException {
        Files.createDirectories(real.getParent());
        Path next = Files.createTempFile(real.getParent(), "." + real.getFileName(), ".new");
        try {
            Files.writeString(next, text, StandardCharsets.UTF_8);
            PosixFileAttributeView now = Files.getFileAttributeView(real, PosixFileAttributeView.class);
            if (now != null && Files.exists(real)) {
                Files.setPosixFilePermissions(next, now.readAttributes().permissions());
            }
            Files.move(next, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** Which lines of a text become which, as people are used to see it: what stays only where something next to it does not. */
    static List<String> change(String from, String to) {
        String[] before = from.isEmpty() ? new String[0] : from.split("\n");
        String[] after = to.split("\n");
        List<String> lines = new ArrayList<>();
        int same = 0;
        while (same < Math.min(before.length, after.length) && before[same].equals(after[same])) {
            lines.add(KEPT + before[same++]);
        }
        String[] left = Arrays.copyOfRange(before, same, before.length);
        String[] right = Arrays.copyOfRange(after, same, after.length);
        if ((long) left.length * right.length > MOST_COMPARED) {
            return List.of("- " + left.length + " lines", "+ " + right.length + " lines");
        }
        addChange(left, right, lines);
        return nearChanges(lines);
    }

    private static void addChange(String[] before, String[] after, List<String> lines) {
        int[][] common = commonFrom(before, after);
        int i = 0;
        int j = 0;
        while (i < before.length || j < after.length) {
            if (i < before.length && j < after.length && before[i].equals(after[j])) {
                lines.add(KEPT + before[i++]);
                j++;
            } else if (j < after.length && (i == before.length || common[i][j + 1] >= common[i + 1][j])) {
                lines.add("+ " + after[j++]);
            } else {
                lines.add("- " + before[i++]);
            }
        }
    }

    private static List<String> nearChanges(List<String> lines) {
        List<String> near = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean isNear = lines.subList(Math.max(0, i - CONTEXT), Math.min(lines.size(), i + CONTEXT + 1)).stream()
                    .anyMatch(line -> !line.startsWith(KEPT));
            if (isNear) {
                near.add(lines.get(i));
            } else if (near.isEmpty() || !near.get(near.size() - 1).equals(LEFT_OUT)) {
                near.add(LEFT_OUT);
            }
        }
        return near;
    }

    /** How many lines the ends of both have in common, from each line on. */
    private static int[][] commonFrom(String[] before, String[] after) {
        int[][] common = new int[before.length + 1][after.length + 1];
        for (int i = before.length - 1; i >= 0; i--) {
            for (int j = after.length - 1; j >= 0; j--) {
                common[i][j] = before[i].equals(after[j])
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
