package io.fyercache.jcache;

/**
 * What the entry of a key in the cache of claims says: somebody computes the value of that key, or has lately done so without one. As a
 * text it needs no class of ours where the entry is kept. Immutable.
 *
 * @param token tells this computation from all others
 * @param reason why it failed; else empty
 */
record Claim(State state, String token, String reason) {
    /** The most characters of a reason: enough to know what it was, and no way to fill the memory of the cluster. */
    private static final int MAX_REASON_LENGTH = 300;

    /** What has become of the computation. One that has a value leaves no claim. */
    enum State {
        COMPUTING,
        NOTHING,
        FAILED;

        /** Another release may know more: its claims, too, are waited for, and end with their time. */
        private static State of(String name) {
            return name.equals(NOTHING.name()) ? NOTHING : name.equals(FAILED.name()) ? FAILED : COMPUTING;
        }
    }

    static Claim computing(String token) {
        return new Claim(State.COMPUTING, token, "");
    }

    /** The computation found that there is no value. */
    Claim foundNothing() {
        return new Claim(State.NOTHING, token, "");
    }

    /** The computation ended with an exception. */
    Claim failed(Throwable failure) {
        String text = failure.toString();
        return new Claim(
                State.FAILED, token, text.length() > MAX_REASON_LENGTH ? text.substring(0, MAX_REASON_LENGTH) : text);
    }

    boolean isOver() {
        return state != State.COMPUTING;
    }

    /** True if both are of one computation. */
    boolean isOf(Claim other) {
        return token.equals(other.token);
    }

    String text() {
        return state.name() + ' ' + token + ' ' + reason;
    }

    static Claim parse(String text) {
        String[] parts = text.split(" ", 3);
        return parts.length == 3 ? new Claim(State.of(parts[0]), parts[1], parts[2]) : computing(text);
    }
}
