package io.fyercache.sharded.member;

/** Which caches a member knows; a cluster's caches become more, and a member may learn of one later than those who use it. */
public interface KnownCaches {

    /** Tells whether a cache is known, be it that it has gone again. */
    boolean knows(int number);

    /** Tells whether there is a cache of that number, by what is known. */
    boolean has(int number);

    /** Sees to it that all is learned of the caches that there are now; {@link MemberPost#onCachesLearned} tells when it is. */
    void learn();

    /**
     * Sees to it that a process is told, by {@link io.fyercache.sharded.message.ClientMessage.CacheGivenUp}, when no user code of a cache that
     * there is no more runs here, and what was made for it is closed (Z5).
     */
    void tellWhenGivenUp(int number, long client);
}
