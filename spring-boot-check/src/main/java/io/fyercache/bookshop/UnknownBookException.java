package io.fyercache.bookshop;

/** No book has the number that was asked for. Checked, because cached methods throw such exceptions, too. */
public class UnknownBookException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownBookException(String isbn) {
        super("isbn: " + isbn + " (expected: that of a book on the shelf)");
    }
}
