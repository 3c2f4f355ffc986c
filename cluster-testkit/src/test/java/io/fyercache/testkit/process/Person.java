package io.fyercache.testkit.process;

import java.io.Serializable;

/** A row of the tests with a database. */
public record Person(long id, String name) implements Serializable {
    private static final long serialVersionUID = 1L;
}
