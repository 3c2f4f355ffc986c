package io.fyercache.bookshop;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/**
 * What the shop knows of its books, from the caches where it can be had there: each way in which Spring caches a method, once.
 *
 * <p>Each method goes to the {@link Shelf} once for each book that no cache has.
 */
@Service
public class Catalogue {
    /** The cache of {@link #book}. */
    static final String BOOKS = "books";

    /** The cache of {@link #review}. */
    static final String REVIEWS = "reviews";

    /** The cache of {@link #title} and {@link #find}, which have a value for books that are not there. */
    static final String ANSWERS = "answers";

    private final Shelf shelf;

    Catalogue(Shelf shelf) {
        this.shelf = shelf;
    }

    /** Returns a book; callers who ask for it at the same time share one look-up. */
    @Cacheable(cacheNames = BOOKS, sync = true)
    public Book book(String isbn) throws UnknownBookException {
        return shelf.book(isbn).orElseThrow(() -> new UnknownBookException(isbn));
    }

    /** Returns a title, or null if there is no such book, which is worth remembering. */
    @Cacheable(cacheNames = ANSWERS, key = "'title of ' + #isbn")
    public @Nullable String title(String isbn) {
        return shelf.book(isbn).map(Book::title).orElse(null);
    }

    /** Returns a book if there is one; the cache keeps what is in the {@code Optional}. */
    @Cacheable(cacheNames = ANSWERS, key = "'book ' + #isbn")
    public Optional<Book> find(String isbn) {
        return shelf.book(isbn);
    }

    /** Returns the review of a book, which the caller may change without changing the cached one. */
    @Cacheable(REVIEWS)
    public Review review(String isbn) throws UnknownBookException {
        return new Review(shelf.book(isbn).orElseThrow(() -> new UnknownBookException(isbn)));
    }

    /** Forgets one book. */
    @CacheEvict(BOOKS)
    public void soldOut(String isbn) {
        // The annotation does it.
    }
}
