package io.fyercache.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import java.io.Serializable;

/** A row of basic columns. */
@Entity
class Person implements Serializable {
    @Id
    Long id;

    @Column(nullable = false, length = 10)
    String name;

    protected Person() {}

    Person(Long id, String name) {
        this.id = id;
        this.name = name;
    }

    /** What an entity does to itself is its own affair, and no change of the row. */
    @PostLoad
    void grow() {
        if (name.equals("young")) {
            name = "old";
        }
    }
}
