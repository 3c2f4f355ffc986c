package io.fyercache.testkit.process;

import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** An account that counts its changes: in a column, and in a collection of one element. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class BankAccount {
    @Id
    private long id;

    private long balance;
    private long changes;

    @Version
    private int version;

    @ElementCollection
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private Set<Long> marks = new HashSet<>();

    /** For Hibernate. */
    protected BankAccount() {}

    BankAccount(long id, long balance) {
        this.id = id;
        this.balance = balance;
        marks.add(changes);
    }

    long balance() {
        return balance;
    }

    long changes() {
        return changes;
    }

    /** Adds an amount, negative to take it away; returns how many changes there have been. */
    long add(long amount) {
        balance += amount;
        changes++;
        marks.clear();
        marks.add(changes);
        return changes;
    }

    /** Returns how many changes there have been, as the collection has it. */
    long mark() {
        return marks.iterator().next();
    }
}
