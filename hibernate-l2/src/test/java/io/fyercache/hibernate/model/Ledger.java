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

/** TRANSACTIONAL, versioned, with a natural id that may change and a collection. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.TRANSACTIONAL)
@NaturalIdCache
public class Ledger {
    @Id
    private long id;

    @NaturalId(mutable = true)
    private String title;

    private long balance;

    @Version
    private int version;

    @ElementCollection
    @Cache(usage = CacheConcurrencyStrategy.TRANSACTIONAL)
    private Set<String> clerks = new HashSet<>();

    protected Ledger() {}

    public Ledger(long id, String title, long balance) {
        this.id = id;
        this.title = title;
        this.balance = balance;
    }

    public long id() {
        return id;
    }

    public String title() {
        return title;
    }

    public void rename(String newTitle) {
        title = newTitle;
    }

    public long balance() {
        return balance;
    }

    public void add(long amount) {
        balance += amount;
    }

    public Set<String> clerks() {
        return clerks;
    }
}
