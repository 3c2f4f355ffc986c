package io.fyercache.sharded.member;

/** Which caches a member knows; a cluster's caches become more, and a member may learn of one later than those who use it. */
public interface KnownCaches {

    /** Tells whether a cache is known, be it that it has gone again. */
    boolean knows(int number);

    /** Sees to it that all is learned of the caches that there are now; {@link MemberPost#onCachesLearned} tells when it is. */
    void learn();
}
