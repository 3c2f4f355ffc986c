package io.fyercache.hibernate.model;

import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;

/** READ_WRITE, versioned, with a natural id that may change and a collection. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
public class Account {
    @Id
    private long id;

    @NaturalId(mutable = true)
    private String number;

    private long balance;

    @Version
    private int version;

    @ElementCollection
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private Set<String> owners = new HashSet<>();

    protected Account() {}

    public Account(long id, String number, long balance) {
        this.id = id;
        this.number = number;
        this.balance = balance;
    }

    public long id() {
        return id;
    }

    public String number() {
        return number;
    }

    public void renumber(String newNumber) {
        number = newNumber;
    }

    public long balance() {
        return balance;
    }

    public void add(long amount) {
        balance += amount;
    }

    public int version() {
        return version;
    }

    public Set<String> owners() {
        return owners;
    }
}
