package io.fyercache.bookshop;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import javax.cache.CacheManager;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** One customer's visit: asks for everything twice, and tells where the second answer came from. */
@Lazy // Only the process has customers.
@Component
class Visit {
    private static final String ISBN = "0-201-63361-2";
    private static final String UNKNOWN_ISBN = "0-000-00000-0";

    private final Catalogue catalogue;
    private final Shelf shelf;
    private final CacheManager manager;
    private final MeterRegistry meters;

    Visit(Catalogue catalogue, Shelf shelf, CacheManager manager, MeterRegistry meters) {
        this.catalogue = catalogue;
        this.shelf = shelf;
        this.manager = manager;
        this.meters = meters;
    }

    /** Returns lines of {@code name: value}. */
    List<String> describe() throws UnknownBookException {
        catalogue.book(ISBN);
        Book book = catalogue.book(ISBN);
        catalogue.title(UNKNOWN_ISBN);
        String unknownTitle = catalogue.title(UNKNOWN_ISBN);
        catalogue.review(ISBN).voteHelpful();
        Review review = catalogue.review(ISBN);
        return List.of(
                "provider: " + manager.getCachingProvider().getClass().getName(),
                "manager: " + manager.getURI(),
                "caches: " + String.join(" ", manager.getCacheNames()),
                "class loader of the manager: " + nameOf(manager.getClassLoader()),
                "class loader of the thread: " + nameOf(Thread.currentThread().getContextClassLoader()),
                "class loader of the values: " + nameOf(review.book().getClass().getClassLoader()),
                "book: " + book.title(),
                "unknown title: " + unknownTitle,
                "review: of " + review.book().title() + ", votes " + review.helpfulVotes(),
                "look-ups: " + shelf.lookUps(),
                "hits on books by Actuator: " + hits(Catalogue.BOOKS));
    }

    private long hits(String cache) {
        return Math.round(meters.get("cache.gets")
                .tags("cache", cache, "result", "hit")
                .functionCounter()
                .count());
    }

    private static String nameOf(ClassLoader loader) {
        return loader.getClass().getName();
    }
}
