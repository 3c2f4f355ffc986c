package io.fyercache.management.access;

import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may do what; nothing else does. Keeps digests of tokens, so that none can be read out of it, nor is in any text of it. Thread-safe.
 */
public final class Authorizer {
    private static final String SCHEME = "Bearer ";

    private final Optional<Caller> anybody;
    private final List<Grant> grants;

    /** A token's digest, and whom it stands for. */
    record Grant(Caller caller, String digest) {}

    private Authorizer(Optional<Caller> anybody, List<Grant> grants) {
        this.anybody = anybody;
        this.grants = List.copyOf(grants);
    }

    /** Lets everybody do everything: for a process that none but this machine's users reach, who are trusted. */
    public static Authorizer ofTrustedMachine() {
        return new Authorizer(Optional.of(new Caller("anybody", Role.WRITE)), List.of());
    }

    static Authorizer of(List<Grant> grants) {
        return new Authorizer(Optional.empty(), grants);
    }

    /** Tells whether callers need tokens. */
    public boolean needsTokens() {
        return anybody.isEmpty();
    }

    /**
     * Returns who calls.
     *
     * @param authorization as HTTP's field of that name has it: {@code Bearer} and a token; null if there is none
     * @throws ProblemException if tokens are needed, and it has none that is known
     */
    public Caller identify(@Nullable String authorization) {
        if (anybody.isPresent()) {
            return anybody.get();
        } else if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new ProblemException(
                    ProblemKind.NOT_IDENTIFIED,
                    "Authorization",
                    authorization == null ? "none" : "of another scheme",
                    "Bearer and a token of the token file",
                    "send the field Authorization: Bearer TOKEN");
        }
        byte[] presented = bytes(digest(authorization.substring(SCHEME.length()).strip()));
        Caller caller = null;
        // All of them, so that nobody learns by the time it takes which one was nearly right.
        for (Grant grant : grants) {
            if (MessageDigest.isEqual(bytes(grant.digest()), presented)) {
                caller = grant.caller();
            }
        }
        if (caller == null) {
            throw new ProblemException(
                    ProblemKind.NOT_IDENTIFIED,
                    "Authorization",
                    "an unknown token",
                    "one of the token file of this process",
                    "see whether the file was made anew since the process has started");
        }
        return caller;
    }

    /**
     * Sees to it that a caller may do something.
     *
     * @throws ProblemException if its role does not cover it
     */
    public void require(Caller caller, Role needed) {
        if (!caller.role().covers(needed)) {
            throw new ProblemException(
                    ProblemKind.NOT_ALLOWED,
                    "role of '" + caller.name() + "'",
                    caller.role().text(),
                    needed.text(),
                    "use a token that has it");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String digest(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(token)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return needsTokens() ? grants.size() + " tokens" : "no tokens needed";
    }
}
