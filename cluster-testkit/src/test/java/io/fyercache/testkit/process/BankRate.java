package io.fyercache.testkit.process;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Duration;

/** A rate that tellers look up by a query, again and again, and that one of them posts anew when it has stood for a while. */
@Entity
public class BankRate {
    /** Apart from those of accounts. */
    static final long ID = 1_000;

    /** Twice as long as clocks may differ by: for half of it results of queries are hits. */
    private static final Duration STANDS = Duration.ofSeconds(2);

    @Id
    private long id;

    private long postings;
    private long postedNanos;

    @Version
    private int version;

    /** For Hibernate. */
    protected BankRate() {}

    BankRate(long id) {
        this.id = id;
    }

    long postings() {
        return postings;
    }

    /** Tells whether a rate that was posted then, by the clock that the processes of a machine share, is to be posted anew. */
    static boolean isOld(long postedNanos, long nowNanos) {
        return nowNanos - postedNanos > STANDS.toNanos();
    }

    /** Posts it anew; returns how often it has been. Does nothing if somebody has just done it, and returns 0. */
    long post(long nowNanos) {
        if (!isOld(postedNanos, nowNanos)) {
            return 0;
        }
        postedNanos = nowNanos;
        postings++;
        return postings;
    }
}
