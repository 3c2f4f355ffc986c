package io.fyercache.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.io.Serializable;

/** A row that counts its changes. */
@Entity
class Account implements Serializable {
    @Id
    Long id;

    int balance;

    @Version
    int version;

    protected Account() {}

    Account(Long id, int balance, int version) {
        this.id = id;
        this.balance = balance;
        this.version = version;
    }
}
