package io.fyercache.jdbc;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jdbc.fault.InvalidSettingsException;
import io.fyercache.jdbc.mapping.EntityMapping;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.Test;

/** Beans, which records replace in new code and which old code has many of. */
class BeanTest {

    /** What all have. */
    public static class Entity {
        private long id;

        public long getId() {
            return id;
        }

        public void setId(long id) {
            this.id = id;
        }
    }

    /** With an inherited property, a question, an acronym, and methods that are no properties. */
    public static class Person extends Entity {
        private String familyName;
        private LocalDate born;
        private boolean active;
        private String homeURL;

        public String getFamilyName() {
            return familyName;
        }

        public void setFamilyName(String familyName) {
            if (familyName.isEmpty()) {
                throw new IllegalArgumentException("no name");
            }
            this.familyName = familyName;
        }

        public LocalDate getBorn() {
            return born;
        }

        public void setBorn(LocalDate born) {
            this.born = born;
        }

        public boolean isActive() {
            return active;
        }

        public void setActive(boolean active) {
            this.active = active;
        }

        public String getHomeURL() {
            return homeURL;
        }

        public void setHomeURL(String homeURL) {
            this.homeURL = homeURL;
        }

        /** Computed: no setter. */
        public String getGreeting() {
            return "Dear " + familyName;
        }

        /** Write-only: no getter. */
        public void setSecret(String secret) {
            throw new AssertionError(secret);
        }

        /** Of another type than its getter would be. */
        public void setGreeting(int number) {
            throw new AssertionError(number);
        }
    }

    /** A composite key. */
    public static class LineKey {
        private long orderId;
        private int line;

        public long getOrderId() {
            return orderId;
        }

        public void setOrderId(long orderId) {
            this.orderId = orderId;
        }

        public int getLine() {
            return line;
        }

        public void setLine(int line) {
            this.line = line;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof LineKey that && orderId == that.orderId && line == that.line;
        }

        @Override
        public int hashCode() {
            return Objects.hash(orderId, line);
        }
    }

    @Test
    void properties_areColumns() throws Exception {
        var mapping = EntityMapping.builder(Long.class, Person.class)
                .table("person")
                .column("born", "birthday")
                .build();
        try (TestDatabase database = TestDatabase.create("create table person (id bigint primary key,"
                + " family_name varchar, birthday date, active boolean, home_url varchar)")) {
            Person person = new Person();
            person.setId(1);
            person.setFamilyName("Lovelace");
            person.setBorn(LocalDate.of(1815, 12, 10));
            person.setActive(true);
            JdbcCacheWriter.builder(mapping)
                    .dataSource(database.dataSource())
                    .build()
                    .write(entry(1L, person));
            var loader = JdbcCacheLoader.builder(mapping)
                    .dataSource(database.dataSource())
                    .build();
            assertThat(loader.load(1L)).usingRecursiveComparison().isEqualTo(person);
            database.execute("update person set family_name = ''");
            assertThatThrownBy(() -> loader.load(1L))
                    .isInstanceOf(CacheLoaderException.class)
                    .hasMessageContaining(
                            "a constructor or setter of " + Person.class.getTypeName() + " refused the row")
                    .hasRootCauseMessage("no name");
            database.execute("update person set family_name = 'x', active = null");
            assertThatThrownBy(() -> loader.load(1L))
                    .isInstanceOf(CacheLoaderException.class)
                    .hasMessageContaining("column active is NULL (expected: a value, as it is a primitive boolean in ");
        }
    }

    @Test
    void beanWithEquals_isACompositeKey() throws Exception {
        var mapping = EntityMapping.builder(LineKey.class, String.class)
                .table("line")
                .valueColumn("article")
                .build();
        try (TestDatabase database = TestDatabase.create(
                "create table line (order_id bigint, line int, article varchar, primary key (order_id, line))",
                "insert into line values (1, 2, 'nut')")) {
            LineKey key = new LineKey();
            key.setOrderId(1);
            key.setLine(2);
            assertThat(JdbcCacheLoader.builder(mapping)
                            .dataSource(database.dataSource())
                            .build()
                            .load(key))
                    .isEqualTo("nut");
        }
    }

    @Test
    void beanWithoutEquals_isNoKey() {
        assertThatThrownBy(() -> EntityMapping.builder(Entity.class, String.class)
                        .table("t")
                        .valueColumn("v")
                        .build())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("a class whose equals and hashCode compare content");
    }

    @Test
    void classesOfTheJdk_andAbstractOnes_areNoBeans() {
        for (Class<?> type : List.of(Date.class, Runnable.class, AbstractList.class)) {
            assertThatThrownBy(() -> EntityMapping.builder(Long.class, type)
                            .table("t")
                            .keyColumn("id")
                            .build())
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("(expected: a record, a bean, or a type that a column can hold)");
        }
    }
}
