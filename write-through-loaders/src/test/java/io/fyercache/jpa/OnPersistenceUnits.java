package io.fyercache.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.jdbc.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that hold on each database, with a persistence unit for all and empty tables for each. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.fyercache.jpa.PersistenceUnit#products")
abstract class OnPersistenceUnits {

    static PersistenceUnit unit;

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void open(Product product) throws Exception {
        unit = PersistenceUnit.create(product);
    }

    @AfterParameterizedClassInvocation
    static void close() throws Exception {
        unit.close();
    }

    @AfterEach
    void everyConnectionIsReturned() throws Exception {
        assertThat(unit.database().connectionsInUse()).isZero();
        unit.deleteAll();
    }
}
