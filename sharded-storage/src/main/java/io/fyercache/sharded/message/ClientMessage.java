package io.fyercache.sharded.message;

import java.util.List;

/** What a client and a member say to each other. */
public sealed interface ClientMessage extends Message {

    /** To the primary of a partition: carry this out. */
    record Call(int partition, Request request) implements ClientMessage {}

    /**
     * To the client: what has become of it.
     *
     * @param operation of the request; clients count their operations anew on each partition
     * @param attempt the one that this answers, or {@link #ANY_ATTEMPT}. A client that has sent a later one must not take the answer for
     *     it: what found nothing to do left no trace, and the later attempt may have found something.
     */
    record Reply(int partition, OperationId operation, int attempt, Answer answer) implements ClientMessage {
        /** The attempt of an answer that is true for every attempt, because the log has it. */
        public static final int ANY_ATTEMPT = 0;
    }

    // ---- listening (V4)

    /** To every member: I am here, and listen; what I listen for has its place in the logs. */
    enum ListenerBeat implements ClientMessage {
        /** The only one. */
        LISTENER_BEAT
    }

    /**
     * To a process that listens: this has happened, in this order.
     *
     * @param generation the partition's, in which places are counted
     * @param after the place of the change before these that this process was told and has not said to have heard; 0 for none
     * @param changes at least one
     */
    record Changes(int partition, long generation, long after, List<PlacedChange> changes) implements ClientMessage {
        /** Changes that are told at once: as many as take a part of a log, if they are small. */
        public static final int MAX_CHANGES = 1 << 13;

        /**
         * Keeps an unmodifiable copy.
         *
         * @throws IllegalArgumentException if there is no change
         */
        public Changes {
            if (changes.isEmpty()) {
                throw new IllegalArgumentException("changes: none (expected: at least 1)");
            }
            changes = List.copyOf(changes);
        }
    }

    /**
     * To whoever told changes: those up to a place have been heard, and all synchronous listeners have returned.
     *
     * @param failures what listeners threw, some of it more than once; at most {@value ListenerFailure#MAX_FAILURES}
     */
    record ChangesHeard(int partition, long generation, long place, List<ListenerFailure> failures)
            implements ClientMessage {
        /** Keeps an unmodifiable copy. */
        public ChangesHeard {
            failures = List.copyOf(failures);
        }
    }

    // ---- near caches (N1, N2)

    /**
     * To a primary: what has become of these partitions since? For a while from now on I want to be told what becomes of them.
     *
     * @param sentNanos when this is sent, by the asking process's clock that never steps back
     */
    record NearQuestion(long sentNanos, List<Place> places) implements ClientMessage {
        /** Keeps an unmodifiable copy. */
        public NearQuestion {
            places = List.copyOf(places);
        }

        /**
         * How much is known of a partition.
         *
         * @param generation in which entries of the log are counted; 0 if nothing is known
         * @param number of the last entry of the log whose changes are known; 0 if nothing is
         */
        public record Place(int partition, long generation, long number) {}
    }

    /**
     * To who has asked: that much is the case, of those of the partitions that this member leads for certain. There may be several answers to a
     * question, each of other partitions.
     *
     * @param sentNanos as the question has it
     */
    record NearAnswer(long sentNanos, List<NearNews> news) implements ClientMessage {
        /** Keeps an unmodifiable copy. */
        public NearAnswer {
            news = List.copyOf(news);
        }
    }

    /** To who has asked lately: this was committed since. */
    record NearChanges(List<NearNews> news) implements ClientMessage {
        /** Keeps an unmodifiable copy. */
        public NearChanges {
            news = List.copyOf(news);
        }
    }

    // ---- what is counted (S2)

    /**
     * To every member: what have you counted of these caches?
     *
     * @param question tells it from others of the same process, from 1
     * @param caches their numbers, {@value #MAX_CACHES} at most
     */
    record CountsAsked(long question, List<Integer> caches) implements ClientMessage {
        /** Caches: what is told of them takes 107 KB at most. Whoever has more asks more often. */
        public static final int MAX_CACHES = 1_024;

        /** Keeps an unmodifiable copy. */
        public CountsAsked {
            caches = List.copyOf(caches);
        }
    }

    /**
     * To who has asked: this much, since my life began.
     *
     * @param counted of those of the caches that are known here
     */
    record CountsTold(long question, List<CountedCache> counted) implements ClientMessage {
        /** Keeps an unmodifiable copy. */
        public CountsTold {
            counted = List.copyOf(counted);
        }
    }

    // ---- the time (E4)

    /**
     * To every member: what time is it?
     *
     * @param sentNanos when this is sent, by the asking process's clock that never steps back
     */
    record TimeAsked(long sentNanos) implements ClientMessage {}

    /**
     * To who has asked: the time that members agree on. Who does not know it yet is silent.
     *
     * @param sentNanos as the question has it
     * @param millis since 1970-01-01T00:00Z
     */
    record TimeTold(long sentNanos, long millis) implements ClientMessage {}

    // ---- the end of caches (Z5)

    /** To every member: this cache is destroyed; I want to know when you have given it up. */
    record CacheDestroyed(int cache) implements ClientMessage {}

    /** To who has asked: no user code of the cache runs here any more, and what was made for it is closed. */
    record CacheGivenUp(int cache) implements ClientMessage {}
}
