package io.fyercache.sharded.replication;

/**
 * The rules that the protocol stands on and that are easy to take for superfluous. Each can be switched off, by {@link Rules#without}, for
 * one purpose: to prove that what tests the protocol would notice. The marks are those of the mutants of the model in {@code docs/model}.
 */
public enum Rule {
    /** M1: a new primary waits until its promises to earlier ones have run out. */
    NEW_PRIMARY_WAITS,
    /** M2: a grant counts only if the grantor knew no later table than the primary. */
    GRANTS_CARRY_VERSION,
    /** M3: pending members, too, must acknowledge before anything is committed. */
    COMMIT_NEEDS_PENDING,
    /** M4: pending members, too, must grant leases. */
    LEASE_NEEDS_PENDING,
    /** M6: a new primary serves when all in sync have taken over its log. */
    RECONCILE_BEFORE_SERVING,
    /** B1: a copy that takes over a log part by part drops of its own what differs, and nothing that is only not there yet. */
    TAKEOVER_KEEPS_WHAT_AGREES,
    /** M7: a copy takes entries only from the primary of its own epoch. */
    EPOCH_FENCES_PREPARE,
    /** M8: a lease counts from when the heartbeat was sent. */
    LEASE_COUNTS_FROM_SENDING,
    /** M9: a lost partition begins anew when no licence of before can last. */
    RESET_WAITS,
    /** M14: a generation that began early is served to nobody but caches that need not wait. */
    PROVISIONAL_GENERATION_WAITS,
    /** L4: a cache that wants to know of a loss is not served before that is acknowledged. */
    LOSS_IS_TOLD,
    /** L4: what is acknowledged travels with the copies. */
    ACKNOWLEDGED_LOSS_TRAVELS,
    /** M11: promises to all earlier primaries count, not only to the last. */
    HOLDS_ACCUMULATE,
    /** M13: who knows a later epoch confirms no earlier one. */
    EPOCH_FENCES_CONFIRM,
    /** C1: an acknowledgement is about the copy that it names, not about a later one of the same member. */
    ACKNOWLEDGEMENTS_NAME_COPY,
    /** C2: a copy is of the record under which it began, and a member takes it when it knows that record. */
    COPY_NAMES_RECORD,
    /** B3: a part of a copy is taken in when exactly those entries have been carried out that it contains. */
    COPY_MEETS_LOG,
    /** M21: a primary lets copies answer reads for no longer than it may itself. */
    SUBLEASE_WITHIN_LEASE,
    /** M22: a copy answers no read of a key of which it holds what may not be committed. */
    COPY_KNOWS_COMMIT,
    /** M23: who may still answer reads must acknowledge what is committed, though it is taken out. */
    COMMIT_WAITS_FOR_SUBLEASE,
    /** M24: a primary gives up its epoch when nobody answers reads by its leave. */
    RELINQUISH_WAITS_FOR_SUBLEASE,
    /** M25: a member is added to those in sync when nobody answers reads by a leave that it has promised nothing for. */
    EXPAND_WAITS_FOR_SUBLEASE,
    /** D1: what is remembered of operations travels with their effects. */
    DEDUP_TRAVELS,
    /** D2: a retry is answered when the first attempt is committed. */
    RESULT_FOLLOWS_COMMIT,
    /** D3: a retry from an earlier generation is not carried out. */
    GENERATION_BINDS_RETRY,
    /** X1: an entry counts as expired when its removal is committed. */
    GONE_FOLLOWS_COMMIT,
    /** X2: the partition's time travels with its entries. */
    TIME_TRAVELS,
    /** M16: a backup hears that an entry is committed when its changes have arrived where they are listened for. */
    CHANGES_ARRIVE_FIRST,
    /** V3: who listens travels with the copies. */
    LISTENERS_TRAVEL,
    /** V4: whoever listens drops what it has had. */
    LISTENERS_DROP_REPEATED,
    /** V4: whoever listens takes no change before those that it was told of earlier. */
    LISTENERS_KEEP_ORDER,
    /** V5: an operation is answered when those who listen have heard of it, if it is to wait for them. */
    ANSWER_FOLLOWS_LISTENERS,
    /** U1: the key of an operation is held while user code runs for it. */
    KEY_HELD_WHILE_USER_CODE_RUNS,
    /** Q2: a change is written when it is committed. */
    WRITE_FOLLOWS_COMMIT,
    /** Q3: whoever would ask the loader for a key asks first what the database does not know yet. */
    LOADS_KNOW_UNWRITTEN,
    /** Q4: what was written is forgotten if nothing newer has taken its place. */
    WRITTEN_IS_COMPARED,
    /** Q5: changes are written by a primary that may read. */
    WRITE_NEEDS_LEASE,
    /** N1: who leads a partition says what has changed if it may read. */
    NEAR_NEWS_NEEDS_LEASE,
    /** N1: what is near is known as of when its primary was asked. */
    NEAR_LEASE_COUNTS_FROM_ASKING,
    /** N2: who has missed something of a partition drops all that is near of it. */
    NEAR_GAP_DROPS_ALL,
    /** N3: what was read is kept if nothing later is known of the key by then. */
    NEAR_FILL_IS_STAMPED,
    /** A1: whoever brings the word of a topic may read. */
    TOPIC_NEEDS_LEASE,
    /** A3: a publication is with all when each has taken it in. */
    TOPIC_WAITS_FOR_TAKING_IN,
    /** A4: a publication is with all when those have lapsed whom an earlier relay knew. */
    TOPIC_WAITS_FOR_EARLIER_RELAY
}
