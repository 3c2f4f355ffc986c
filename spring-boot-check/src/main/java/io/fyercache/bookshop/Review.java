package io.fyercache.bookshop;

import java.io.Serializable;

/** What a reader says of a book: a serializable bean whose fields change, as applications wrote their values before records. */
public class Review implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Book book;
    private int helpfulVotes;

    Review(Book book) {
        this.book = book;
    }

    public Book book() {
        return book;
    }

    public int helpfulVotes() {
        return helpfulVotes;
    }

    /** Changes this object; a cache that keeps values by value does not notice. */
    public void voteHelpful() {
        helpfulVotes++;
    }
}
