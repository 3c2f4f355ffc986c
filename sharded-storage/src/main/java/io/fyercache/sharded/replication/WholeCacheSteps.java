package io.fyercache.sharded.replication;

import io.fyercache.core.operation.EntryOperation.Invalidate;
import io.fyercache.sharded.message.Answer.Busy;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.CachePosition;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a primary does about all entries of a cache, step by step (P1 to P3). It remembers nothing of a walk, so one of these is made for a step.
 *
 * @param isHeld tells whether user code runs for a key
 */
record WholeCacheSteps(
        ReplicaMember member,
        PrimaryLog log,
        WaitingAnswers answers,
        LoggedOperations operations,
        Predicate<EntryKey> isHeld) {

    /** P1. */
    void listKeys(Request request, CachePosition from, long wallMillis) {
        long partitionMillis = log.partitionMillis(wallMillis);
        CachePage page = page(request, from);
        List<EncodedKey> live = new ArrayList<>();
        for (EntryKey key : page.keys()) {
            StoredEntry entry = log.newest().find(key).entry();
            if (entry != null && !entry.isExpiredAt(partitionMillis)) {
                live.add(key.key());
            }
        }
        answers.add(request, new Done(new OperationResult.Keys(live, page.next()), 0), 0);
    }

    private CachePage page(Request request, CachePosition from) {
        return CachePage.at(
                from, request.key().cache(), log.committed(), member.limits().partBytes());
    }

    /** P2. */
    void clear(Request request, CachePosition from, long wallMillis) {
        if (operations.isFull()) {
            member.host().answer(request.id(), request.attempt(), Busy.BUSY);
            return;
        }
        long partitionMillis = log.partitionMillis(wallMillis);
        HostedCache cache = member.host().cache(request.key().cache());
        CachePage page = page(request, from);
        List<EncodedKey> heldKeys = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        for (EntryKey key : page.keys()) {
            StoredEntry entry = log.newest().find(key).entry();
            if (isHeld.test(key)) {
                heldKeys.add(key.key());
            } else {
                effects.addAll(cache.decide(key, Invalidate.INSTANCE, new KeyState(entry, partitionMillis))
                        .effects());
            }
        }
        Done answer = new Done(new OperationResult.Keys(heldKeys, page.next()), 0);
        operations.conclude(request, new Verdict(effects, answer), partitionMillis, log.last());
    }

    /** P3. */
    void count(Request request) {
        long count = log.committed().count(request.key().cache());
        answers.add(request, new Done(new OperationResult.Count(count), 0), 0);
    }
}
