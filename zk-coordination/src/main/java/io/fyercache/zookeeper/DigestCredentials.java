package io.fyercache.zookeeper;

import java.nio.charset.StandardCharsets;

/**
 * A user of ZooKeeper's digest authentication. All members of a cluster are the same user: what one of them has made, the others may change
 * and nobody else may.
 *
 * @param user at least one character, without a colon
 * @param secret at least one character; never printed
 */
public record DigestCredentials(String user, String secret) {
    static final String SCHEME = "digest";

    /**
     * Checks that both are there.
     *
     * @throws IllegalArgumentException if one is empty, or the user has a colon, which is what separates the two on the wire
     */
    public DigestCredentials {
        if (user.isEmpty() || user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("user: '" + user + "' (expected: at least one character, no colon)");
        }
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("secret of user " + user + ": empty (expected: at least one character)");
        }
    }

    byte[] toBytes() {
        return (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
    }

    /** Names the user. */
    @Override
    public String toString() {
        return "DigestCredentials[user=" + user + ", secret not shown]";
    }
}
