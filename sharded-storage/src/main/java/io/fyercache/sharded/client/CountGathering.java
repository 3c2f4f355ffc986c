package io.fyercache.sharded.client;

import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.CountsAsked;
import io.fyercache.sharded.message.ClientMessage.CountsTold;
import io.fyercache.sharded.message.CountedCache;
import io.fyercache.sharded.topology.Incarnation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What a process asks all members to tell of what they have served (S2): again, until each has, or is gone, or the time for that is over.
 *
 * <p>Used by one thread.
 */
public final class CountGathering {
    /** Nanoseconds, 500 ms, until a member is asked again: as long as a client waits for the answer to an attempt. */
    static final long AGAIN_NANOS = 500_000_000;

    /** Nanoseconds, 2 s, for which members are waited for: longer than a takeover takes, and nobody looks at figures for longer without them. */
    public static final long LIMIT_NANOS = 2_000_000_000L;

    private final BiConsumer<Incarnation, ClientMessage> sender;
    private final Map<Long, Question> questions = new LinkedHashMap<>();
    private List<Incarnation> members = List.of();
    private long lastQuestion;

    /** What one caller waits for. */
    private static final class Question {
        private final CountsAsked message;
        private final SortedSet<Integer> caches;
        private final Consumer<ServedCounts> ended;
        private final SortedMap<Incarnation, SortedMap<Integer, CacheCounts>> told = new TreeMap<>();
        private final long limitNanos;
        private long againNanos;

        Question(CountsAsked message, long nowNanos, Consumer<ServedCounts> ended) {
            this.message = message;
            this.caches = new TreeSet<>(message.caches());
            this.ended = ended;
            this.limitNanos = nowNanos + LIMIT_NANOS;
            this.againNanos = nowNanos;
        }
    }

    /**
     * Asks nothing yet.
     *
     * @param sender sends messages to members, now or never
     */
    public CountGathering(BiConsumer<Incarnation, ClientMessage> sender) {
        this.sender = sender;
    }

    /**
     * Asks all members about some caches.
     *
     * @param caches their numbers, {@value CountsAsked#MAX_CACHES} at most
     * @param ended is told once what they have said; at once, and nothing, if nobody is there
     */
    public void ask(List<Integer> caches, long nowNanos, Consumer<ServedCounts> ended) {
        lastQuestion++;
        questions.put(lastQuestion, new Question(new CountsAsked(lastQuestion, caches), nowNanos, ended));
        onTick(nowNanos);
        endIfAllHaveTold(lastQuestion);
    }

    /** Takes in who is there. */
    public void membersChanged(List<Incarnation> present) {
        members = List.copyOf(present);
        List.copyOf(questions.keySet()).forEach(this::endIfAllHaveTold);
    }

    /** Takes in what a member tells. Of caches that it was not asked for nothing is taken. */
    public void onTold(Incarnation member, CountsTold told) {
        Question question = questions.get(told.question());
        if (question == null) {
            return; // Its time is over.
        }
        SortedMap<Integer, CacheCounts> counts = new TreeMap<>();
        for (CountedCache each : told.counted()) {
            if (question.caches.contains(each.cache())) {
                counts.put(each.cache(), each.counts());
            }
        }
        question.told.put(member, counts);
        endIfAllHaveTold(told.question());
    }

    /** Asks those again who have been silent, and waits no longer for whom time is over. */
    public void onTick(long nowNanos) {
        for (Map.Entry<Long, Question> each : List.copyOf(questions.entrySet())) {
            Question question = each.getValue();
            if (nowNanos - question.limitNanos >= 0) {
                end(each.getKey());
            } else if (nowNanos - question.againNanos >= 0) {
                question.againNanos = nowNanos + AGAIN_NANOS;
                silent(question).forEach(member -> sender.accept(member, question.message));
            }
        }
    }

    /** Waits for nobody any more. */
    public void close() {
        List.copyOf(questions.keySet()).forEach(this::end);
    }

    private List<Incarnation> silent(Question question) {
        return members.stream()
                .filter(member -> !question.told.containsKey(member))
                .toList();
    }

    private void endIfAllHaveTold(long number) {
        Question question = questions.get(number);
        if (question != null && silent(question).isEmpty()) {
            end(number);
        }
    }

    private void end(long number) {
        Question question = questions.remove(number);
        if (question != null) {
            // Who is gone by now has taken its counts along.
            question.told.keySet().retainAll(members);
            question.ended.accept(new ServedCounts(question.told, silent(question)));
        }
    }
}
