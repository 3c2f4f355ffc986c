package io.fyercache.jcache;

import java.io.Serializable;
import java.util.Objects;

/** A key or value that can be changed after it was handed over: what store by value is about. */
final class Note implements Serializable {
    private static final long serialVersionUID = 1L;

    String text;

    Note(String text) {
        this.text = text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Note that && Objects.equals(text, that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
