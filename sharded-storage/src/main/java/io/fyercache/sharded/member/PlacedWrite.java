package io.fyercache.sharded.member;

import io.fyercache.core.write.DueWrite;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.UnwrittenChange;

/**
 * A change that is to be written now, and who has it written.
 *
 * @param partition whose primary it is
 * @param epoch the number of the primary's epoch
 */
public record PlacedWrite(int partition, long epoch, DueWrite<EntryKey, UnwrittenChange> write) {}
