package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.OperationResult;

/**
 * An answer that is true if two things are so: an entry is committed, and this member is still the primary.
 *
 * @param number the entry that must be committed; 0 for none
 * @param sinceRound the first round of confirmation that began after the value was taken
 */
record WaitingRead(OperationId request, int attempt, OperationResult result, long number, long sinceRound) {}
