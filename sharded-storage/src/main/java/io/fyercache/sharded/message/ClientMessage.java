package io.fyercache.sharded.message;

import io.fyercache.core.bus.BusAddress;
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

    // ---- topics (A1 to A4)

    /** To the relay of a topic, from a process that has opened a line to it. */
    sealed interface ToRelay extends ClientMessage {
        /** Returns the topic, at most {@value BusAddress#MAX_TOPIC_LENGTH} characters. */
        String topic();

        /** Returns which line of the process it is: no two have ever had the same number. */
        long line();

        /** Returns the number of the subscription that this is said under: a later one of a line has a higher number. */
        long attempt();

        /**
         * I listen from now on.
         *
         * @param stalenessNanos for how long I go by what has come, counted from before I published what came back to me last
         * @param delivered the number of my last publication that is with all: the next one has the next number
         */
        record Subscribe(String topic, long line, long attempt, long stalenessNanos, long delivered)
                implements ToRelay {
            /** The longest staleness, an hour. */
            public static final long MAX_STALENESS_NANOS = 3_600_000_000_000L;

            /**
             * Checks the staleness.
             *
             * @throws IllegalArgumentException if it is none, or too long
             */
            public Subscribe {
                if (stalenessNanos < 1 || stalenessNanos > MAX_STALENESS_NANOS) {
                    throw new IllegalArgumentException("staleness of a subscription: " + stalenessNanos
                            + " ns (expected: 1.." + MAX_STALENESS_NANOS + ")");
                }
            }
        }

        /**
         * Bring this to all who listen, and to me.
         *
         * @param number of the publication, among those of the line
         */
        record Publish(String topic, long line, long attempt, long number, EncodedValue message) implements ToRelay {}

        /** I have taken in all messages of the topic up to a number. */
        record Heard(String topic, long line, long attempt, long number) implements ToRelay {}

        /** I listen no longer, and go by nothing that I have heard. */
        record Unsubscribe(String topic, long line, long attempt) implements ToRelay {}
    }

    /** From the relay of a topic, to a process that has opened a line to it. */
    sealed interface FromRelay extends ClientMessage {
        /** Returns the line of the process. */
        long line();

        /** Returns the subscription that this is said about. */
        long attempt();

        /**
         * These are the next messages of the topic. The first one that comes of a subscription has none, and says where it begins.
         *
         * @param after the number of the message before the first of these
         * @param messages at most {@value #MAX_MESSAGES}
         * @param taken the number of the line's last publication that the topic has
         * @param delivered the number of the last one that is with all
         */
        record Delivery(long line, long attempt, long after, List<EncodedValue> messages, long taken, long delivered)
                implements FromRelay {
            /** Messages that are brought at once: more than come within one round trip. */
            public static final int MAX_MESSAGES = 1 << 10;

            /** Keeps an unmodifiable copy. */
            public Delivery {
                messages = List.copyOf(messages);
            }
        }

        /** I lead the topic, and know nothing of this subscription. */
        record Unsubscribed(long line, long attempt) implements FromRelay {}
    }

    // ---- the end of caches (Z5)

    /** To every member: this cache is destroyed; I want to know when you have given it up. */
    record CacheDestroyed(int cache) implements ClientMessage {}

    /** To who has asked: no user code of the cache runs here any more, and what was made for it is closed. */
    record CacheGivenUp(int cache) implements ClientMessage {}
}
