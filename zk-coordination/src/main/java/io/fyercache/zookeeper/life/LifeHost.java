package io.fyercache.zookeeper.life;

/** What the life of a member needs of the process that it is in. {@link #refused} is called only if it does not begin. */
public interface LifeHost extends SessionHost {

    /** The member's znode is there. Called once, before its listener is told anything. */
    void joined(MemberLife life);
}
