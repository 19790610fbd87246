package io.swarmledger.app.token;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.directory.OwnerOnly;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * The tokens of a ledger, in a file of its directory that its owner alone may read. It is changed beside a running
 * service, which notices. While something has its name, an empty list or a link that leads nowhere too, the service
 * demands a token.
 */
public final class TokenFile {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:@-]{1,128}");
    private static final String UNFINISHED = ".tokens.";
    private static final TypeReference<List<Token>> TOKENS = new TypeReference<>() {};

    /** Some ten thousand tokens; whatever is longer was not written here. */
    private static final int LONGEST = 4 << 20;

    private final Path file;

    public TokenFile(LedgerFiles files) {
        this.file = files.tokens();
    }

    public Path path() {
        return file;
    }

    /** Whether something has its name: a link that leads nowhere too, and what cannot be looked at. */
    public boolean isThere() {
        try {
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException none) {
            return false;
        } catch (IOException unknown) {
            return true;
        }
    }

    /**
     * All of them; none if there is no file.
     *
     * @throws TokenRefused if it cannot be read
     */
    public List<Token> list() {
        try {
            if (!isThere()) {
                return List.of();
            }
            List<Token> tokens = Json.mapper().readValue(content(), TOKENS);
            boolean whole = tokens != null
                    && tokens.stream()
                            .allMatch(token -> token != null
                                    && token.name() != null
                                    && token.role() != null
                                    && token.hash() != null);
            if (!whole) {
                throw new TokenRefused(file + " is no list of tokens: each has a name, a role and a hash");
            }
            return tokens;
        } catch (IOException | JacksonException failure) {
            throw new TokenRefused(file + " cannot be read: " + reason(failure), failure);
        }
    }

    /** A pipe would be waited for, and a device may have no end: neither is opened. */
    private byte[] content() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new TokenRefused(file + " cannot be read: it is no regular file");
        }
        if (attributes.size() > LONGEST) {
            throw new TokenRefused(file + " cannot be read: it is longer than " + LONGEST + " bytes");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LONGEST);
        }
    }

    /**
     * Makes a token.
     *
     * @return what its holder presents; it is kept nowhere
     * @throws MalformedCommand if the name is none
     * @throws TokenRefused if it is taken, or the file cannot be written
     */
    public String create(String name, Role role, Clock clock) {
        if (!NAME.matcher(name).matches()) {
            throw new MalformedCommand("name", "is none: a token's name has 1 to 128 letters, digits or ._:@-");
        }
        String secret = Secret.random();
        change(tokens -> {
            if (tokens.stream().anyMatch(token -> token.name().equals(name))) {
                throw new TokenRefused("There is a token " + name + " already: revoke it, or take another name");
            }
            List<Token> more = new ArrayList<>(tokens);
            more.add(new Token(name, role, Secret.hash(secret), clock.millis()));
            return more;
        });
        return secret;
    }

    /**
     * Takes a token away.
     *
     * @throws TokenRefused if there is none of that name, or the file cannot be written
     */
    public void revoke(String name) {
        change(tokens -> {
            List<Token> fewer =
                    tokens.stream().filter(token -> !token.name().equals(name)).toList();
            if (fewer.size() == tokens.size()) {
                throw new TokenRefused("There is no token " + name + " in " + file);
            }
            return fewer;
        });
    }

    /**
     * For a service that others reach.
     *
     * @param address where it is to be reached
     * @throws TokenRefused if there is no token, saying how to make one
     */
    public void requireAny(String address) {
        if (list().isEmpty()) {
            throw new TokenRefused("Other machines reach " + address + ", and there is no token in " + file
                    + ": whoever reaches it could do everything. Make one first: token create NAME --role operator --data "
                    + file.getParent());
        }
    }

    /** An exception of the file system may say no more than the file's name. */
    private static String reason(Exception failure) {
        if (failure instanceof NoSuchFileException) {
            return "it is a link that leads nowhere";
        }
        if (failure instanceof AccessDeniedException) {
            return "this user may not";
        }
        return failure instanceof JacksonException noJson ? Json.reason(noJson) : failure.getMessage();
    }

    private void change(UnaryOperator<List<Token>> change) {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
        try {
            Files.createDirectories(directory, OwnerOnly.directory());
            try (FileChannel channel = FileChannel.open(
                            directory.resolve("tokens.lock"),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            OwnerOnly.file());
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                sweep(directory);
                write(directory, change.apply(list()));
            }
        } catch (IOException failure) {
            throw new TokenRefused(file + " cannot be written: " + failure, failure);
        }
    }

    /** Nobody else writes one now, so what is there was left by a process that was killed. */
    private static void sweep(Path directory) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, UNFINISHED + "*")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Under a temporary name first: whoever reads sees all of the old list or all of the new one. */
    private void write(Path directory, List<Token> tokens) throws IOException {
        Path unfinished = Files.createTempFile(directory, UNFINISHED, ".unfinished", OwnerOnly.file());
        try {
            Files.write(
                    unfinished, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(tokens));
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
