package io.fyercache.bookshop;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Repository;

/** The slow place that the caches stand in front of, and a count of the ways to it. Thread-safe. */
@Repository
public class Shelf {
    private static final List<Book> BOOKS = List.of(
            new Book("0-201-63361-2", "Design Patterns", List.of("Gamma", "Helm", "Johnson", "Vlissides")),
            new Book("0-321-34960-1", "Java Concurrency in Practice", List.of("Goetz")));

    private final AtomicInteger lookUps = new AtomicInteger();

    /** Returns the book of a number, if there is one. */
    public Optional<Book> book(String isbn) {
        lookUps.incrementAndGet();
        return BOOKS.stream().filter(book -> book.isbn().equals(isbn)).findFirst();
    }

    /** Returns how often a book has been looked up. */
    public int lookUps() {
        return lookUps.get();
    }
}
