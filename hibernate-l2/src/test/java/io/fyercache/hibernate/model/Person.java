package io.fyercache.hibernate.model;

/** What the releases of an application have in common of their customers, which are entities of their own. */
public interface Person {
    /** Returns the given name. */
    String given();

    /** Returns the family's name. */
    String family();

    /** Gives another family's name. */
    void marry(String family);

    /** Returns what was bought, visits included. */
    long bought();
}
