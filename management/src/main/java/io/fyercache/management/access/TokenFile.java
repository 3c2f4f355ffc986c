package io.fyercache.management.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A file of tokens: in each line a role, a name and a token, with blanks in between; {@code #} begins a comment. Nobody but its owner may have
 * access to it. If there is none it is made, with a token of each role.
 */
public final class TokenFile {
    /** Bytes of a token that is made: nobody guesses 256 bits. */
    private static final int TOKEN_BYTES = 32;

    /** Characters of the shortest token: 128 bits in the alphabet of Base64 take 22. */
    static final int MIN_TOKEN = 22;

    /** Bytes, 64 KiB: several hundred tokens. */
    static final long MAX_BYTES = 64 << 10;

    private static final Set<PosixFilePermission> OWNER_ALONE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final FileAttribute<Set<PosixFilePermission>> MODE_0600 =
            PosixFilePermissions.asFileAttribute(OWNER_ALONE);

    private TokenFile() {}

    /**
     * Returns who may do what, as the file says; makes it if there is none.
     *
     * @throws IllegalArgumentException if others than its owner have access to it, or it has faults; lists all of them, and no token
     * @throws UncheckedIOException if it cannot be made or read
     */
    public static Authorizer open(Path file) {
        try {
            makeIfMissing(file);
            return read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "token file: " + file + " (expected: a file that this process may read, or make)", e);
        } catch (UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "token file: " + file
                            + " is where files have no POSIX permissions (expected: where nobody but the owner can be"
                            + " given access); put it elsewhere",
                    e);
        }
    }

    private static void makeIfMissing(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        StringBuilder text = new StringBuilder(
                "# Tokens of FyerCache's management: role, name, token. Each role covers those before it: read, operate, write.\n");
        for (Role role : Role.values()) {
            text.append(role.text() + " " + holder(role) + " " + newToken() + "\n");
        }
        try {
            // With its mode from the beginning: nobody reads it in between.
            Files.createFile(file, MODE_0600);
        } catch (FileAlreadyExistsException e) {
            return; // Somebody else was quicker.
        }
        Files.writeString(file, text);
    }

    private static String holder(Role role) {
        return switch (role) {
            case READ -> "reader";
            case OPERATE -> "operator";
            case WRITE -> "writer";
        };
    }

    private static String newToken() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static Authorizer read(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ALONE.containsAll(permissions)) {
            throw new IllegalArgumentException(
                    "token file: " + file + " has mode " + PosixFilePermissions.toString(permissions)
                            + " (expected: rw------- at most); chmod 600, and replace the tokens if others may have read them");
        } else if (Files.size(file) > MAX_BYTES) {
            throw new IllegalArgumentException("token file: " + file + " has " + Files.size(file) + " bytes (expected: "
                    + MAX_BYTES + " at most)");
        }
        return parse(file, Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    /** Returns the words of a line; none if it says nothing. */
    private static String[] words(String line) {
        String text = line.strip();
        return text.isEmpty() || text.startsWith("#") ? new String[0] : text.split("\\s+", -1);
    }

    /**
     * Returns the last token of a file, for who has been given the file and asks a process by it; empty if it has none.
     *
     * @throws IOException if it cannot be read
     */
    public static String lastToken(Path file) throws IOException {
        String token = "";
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String[] words = words(line);
            token = words.length == 0 ? token : words[words.length - 1];
        }
        return token;
    }

    private static Authorizer parse(Path file, List<String> lines) {
        List<String> faults = new ArrayList<>();
        List<Authorizer.Grant> grants = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String[] parts = words(lines.get(i));
            if (parts.length == 0) {
                continue;
            }
            String where = "line " + (i + 1) + ": ";
            if (parts.length != 3) {
                faults.add(where + parts.length + " words (expected: role, name and token)");
            } else if (Role.of(parts[0]).isEmpty()) {
                faults.add(where + "role " + parts[0] + " (expected: read, operate or write)");
            } else if (!names.add(parts[1])) {
                faults.add(where + "name " + parts[1] + " a second time (expected: one token for each)");
            } else if (parts[2].length() < MIN_TOKEN) {
                faults.add(where + "a token of " + parts[2].length() + " characters (expected: " + MIN_TOKEN
                        + " at least)");
            } else {
                grants.add(new Authorizer.Grant(
                        new Caller(parts[1], Role.of(parts[0]).get()), Authorizer.digest(parts[2])));
            }
        }
        if (faults.isEmpty() && grants.isEmpty()) {
            faults.add("no token (expected: one at least); delete the file, and it is made anew");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("token file: " + file + ": " + String.join("; ", faults));
        }
        return Authorizer.of(grants);
    }
}
