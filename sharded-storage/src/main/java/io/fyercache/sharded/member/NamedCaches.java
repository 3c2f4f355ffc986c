package io.fyercache.sharded.member;

import io.fyercache.sharded.message.ClientMessage.CacheDestroyed;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.MemberMessage.OfPartition;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.message.PartitionMessage.CopyPart;
import io.fyercache.sharded.message.PartitionMessage.Prepare;
import io.fyercache.sharded.message.PartitionMessage.Reconcile;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;

/** Which caches a message names whose definitions whoever receives it must know. */
final class NamedCaches {
    private NamedCaches() {}

    /** Tells whether what must be known of all of them is. */
    static boolean areKnown(Message message, KnownCaches caches) {
        if (message instanceof CacheDestroyed destroyed) {
            // To know it is not enough: it must be known to have gone.
            return caches.knows(destroyed.cache()) && !caches.has(destroyed.cache());
        }
        return areKnown(message, caches::knows);
    }

    private static boolean areKnown(Message message, IntPredicate known) {
        if (message instanceof Call call) {
            return known.test(call.request().key().cache());
        }
        return !(message instanceof OfPartition of) || areKnown(of.message(), known);
    }

    private static boolean areKnown(PartitionMessage message, IntPredicate known) {
        if (message instanceof Prepare prepare) {
            return ofLog(prepare.entries(), known);
        } else if (message instanceof Reconcile reconcile) {
            return ofLog(reconcile.entries(), known);
        }
        return !(message instanceof CopyPart part) || ofEntries(part.entries().keySet(), known);
    }

    private static boolean ofLog(List<LogEntry> entries, IntPredicate known) {
        for (LogEntry entry : entries) {
            for (Effect effect : entry.effects()) {
                if (!known.test(EntryKey.owner(effect.key().cache()))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean ofEntries(Collection<EntryKey> keys, IntPredicate known) {
        for (EntryKey key : keys) {
            if (!known.test(EntryKey.owner(key.cache()))) {
                return false;
            }
        }
        return true;
    }
}
