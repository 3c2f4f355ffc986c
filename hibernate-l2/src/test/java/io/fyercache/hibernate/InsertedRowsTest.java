package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.hibernate.model.Account;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is cached of a row that a transaction has inserted, and done more with before its end. */
class InsertedRowsTest {
    private final CachedDatabase database = CachedDatabase.open(Map.of());

    @AfterEach
    void close() {
        database.close();
    }

    /** What a transaction does with a row after it has inserted it, what is to be found then, and whether it is cached at once. */
    private record Afterwards(String name, Consumer<Session> work, long balance, boolean cached) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Afterwards> afterwards() {
        return Stream.of(
                new Afterwards("nothing", session -> {}, 100, true),
                new Afterwards(
                        "update", session -> session.find(Account.class, 1).add(50), 150, true),
                new Afterwards("clear", Session::clear, 100, true),
                new Afterwards(
                        "update, flush",
                        session -> {
                            session.find(Account.class, 1).add(50);
                            session.flush();
                        },
                        150,
                        true),
                new Afterwards(
                        "clear, load",
                        session -> {
                            session.clear();
                            session.find(Account.class, 1);
                        },
                        100,
                        true),
                // It is locked for that, as it might be of somebody else.
                new Afterwards("refresh", session -> session.refresh(session.find(Account.class, 1)), 100, false));
    }

    private static void insert(Session session, Afterwards afterwards) {
        session.persist(new Account(1, "A1", 100));
        session.flush();
        afterwards.work.accept(session);
    }

    private boolean isCached() {
        return database.factory().getCache().containsEntity(Account.class, 1L);
    }

    @ParameterizedTest
    @MethodSource("afterwards")
    void committed_isFoundAsItWasCommitted(Afterwards afterwards) {
        database.run(session -> insert(session, afterwards));

        assertThat(isCached()).isEqualTo(afterwards.cached);
        assertThat(database.<Long>call(session -> session.find(Account.class, 1).balance()))
                .isEqualTo(afterwards.balance);
    }

    @ParameterizedTest
    @MethodSource("afterwards")
    void rolledBack_isNotFound(Afterwards afterwards) {
        assertThatThrownBy(() -> database.run(session -> {
                    insert(session, afterwards);
                    throw new IllegalStateException("roll back");
                }))
                .hasMessage("roll back");

        assertThat(isCached()).isFalse();
        assertThat(database.<Account>call(session -> session.find(Account.class, 1)))
                .isNull();
    }
}
