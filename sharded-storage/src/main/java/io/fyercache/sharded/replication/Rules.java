package io.fyercache.sharded.replication;

import java.util.EnumSet;

/** Which of the protocol's {@linkplain Rule rules} are kept: all, but in the tests of the tests. Immutable. */
public final class Rules {
    /** All of them. */
    public static final Rules ALL = new Rules(EnumSet.allOf(Rule.class));

    private final EnumSet<Rule> kept;

    private Rules(EnumSet<Rule> kept) {
        this.kept = kept;
    }

    /** Returns all rules but one. A cluster with such rules breaks its promises; this is to prove that tests notice. */
    public static Rules without(Rule broken) {
        return new Rules(EnumSet.complementOf(EnumSet.of(broken)));
    }

    /** Tells whether the rule is kept. */
    public boolean keep(Rule rule) {
        return kept.contains(rule);
    }
}
