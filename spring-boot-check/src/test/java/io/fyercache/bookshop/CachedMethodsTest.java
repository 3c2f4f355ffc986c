package io.fyercache.bookshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spring's annotations over our caches, with no other setting than the names of the caches. */
class CachedMethodsTest {
    private static final String NAMES = "spring.cache.cache-names=books,reviews,answers";
    private static final String ISBN = "0-201-63361-2";
    private static final String UNKNOWN_ISBN = "0-000-00000-0";

    private static OpenShop shop;

    private int lookUpsBefore;

    @BeforeAll
    static void open() {
        shop = OpenShop.with(NAMES);
    }

    @BeforeEach
    void emptyCaches() {
        shop.manager().getCacheNames().forEach(name -> shop.cache(name).clear());
        lookUpsBefore = shop.lookUps();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void cacheable_secondCall_comesFromTheCache() throws Exception {
        Review first = shop.catalogue().review(ISBN);

        assertThat(shop.catalogue().review(ISBN).book()).isEqualTo(first.book());
        assertThat(lookUps()).isEqualTo(1);
    }

    @Test
    void cacheable_valueChangedByItsCaller_isUnchangedInTheCache() throws Exception {
        shop.catalogue().review(ISBN).voteHelpful();
        shop.catalogue().review(ISBN).voteHelpful();

        assertThat(shop.catalogue().review(ISBN).helpfulVotes()).isZero();
    }

    @Test
    void cacheable_null_isRemembered() {
        assertThat(shop.catalogue().title(UNKNOWN_ISBN)).isNull();
        assertThat(shop.catalogue().title(UNKNOWN_ISBN)).isNull();
        assertThat(lookUps()).isEqualTo(1);
    }

    @Test
    void cacheable_optional_isRemembered_fullOrEmpty() {
        Optional<Book> found = shop.catalogue().find(ISBN);

        assertThat(found).map(Book::title).hasValue("Design Patterns");
        assertThat(shop.catalogue().find(ISBN)).isEqualTo(found);
        assertThat(shop.catalogue().find(UNKNOWN_ISBN)).isEmpty();
        assertThat(shop.catalogue().find(UNKNOWN_ISBN)).isEmpty();
        assertThat(lookUps()).isEqualTo(2);
    }

    @Test
    void cacheEvict_nextCall_looksUpAgain() throws Exception {
        shop.catalogue().book(ISBN);
        shop.catalogue().soldOut(ISBN);
        shop.catalogue().book(ISBN);

        assertThat(lookUps()).isEqualTo(2);
    }

    private int lookUps() {
        return shop.lookUps() - lookUpsBefore;
    }
}
