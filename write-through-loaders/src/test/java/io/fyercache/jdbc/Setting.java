package io.fyercache.jdbc;

import io.fyercache.jdbc.dialect.StandardDialect;
import java.util.Arrays;
import java.util.stream.Stream;

/** What a contract runs on: a database, with the dialect that its connections choose or with standard SQL alone. */
enum Setting {
    H2(Product.H2, Words.OWN),
    H2_BY_STANDARD(Product.H2, Words.STANDARD),
    POSTGRESQL(Product.POSTGRESQL, Words.OWN),
    POSTGRESQL_BY_STANDARD(Product.POSTGRESQL, Words.STANDARD),
    MARIADB(Product.MARIADB, Words.OWN),
    MARIADB_BY_STANDARD(Product.MARIADB, Words.STANDARD);

    /** Whose SQL. */
    private enum Words {
        OWN,
        STANDARD
    }

    private final Product product;
    private final Words words;

    Setting(Product product, Words words) {
        this.product = product;
        this.words = words;
    }

    static Stream<Setting> all() {
        return Arrays.stream(values()).filter(setting -> Product.all().contains(setting.product));
    }

    Product product() {
        return product;
    }

    /** The builder, with this dialect. */
    <B extends JdbcBuilder<?, ?, B>> B with(B builder) {
        return words == Words.OWN ? builder : builder.dialect(new StandardDialect(product.identifierRules()));
    }

    TestDatabase create(String... ddl) throws Exception {
        return TestDatabase.create(product, 1, ddl);
    }
}
