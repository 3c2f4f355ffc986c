package io.fyercache.core.entry;

/** What stands in the slot of an entry that has no value. */
public final class Vacancy {

    /** The slot of an entry that has left its store for good; whoever meets it looks the key up again. */
    public static final Vacancy DEAD = new Vacancy("dead");

    /** The slot of an entry that remembers, until its deadline, that the loader knows no value for the key. */
    public static final Vacancy KNOWN_MISS = new Vacancy("known miss");

    private final String name;

    private Vacancy(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}
