package io.fyercache.sharded.placement;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * Brings what members have within their {@link Share}s, by as few moves as it can find. Used by one thread.
 *
 * <p>A member that has too much and one that has too little need not be able to exchange directly. So it looks for a shortest
 * chain: the first gives a partition to the second, which gives another one to the third, and so on. This is the search for
 * an augmenting path in the flow network whose nodes are members and whose edges are the legal moves. It ends where no chain
 * is left; a state without one is left as it is, which makes the result a fixed point.
 */
final class Balancer {
    private static final int NOBODY = -1;

    private final Exchange exchange;
    private final Share[] shares;

    /** Who gives to each member that a search reached. */
    private final int[] givers;

    /** What it gave. */
    private final int[] moved;

    Balancer(Exchange exchange, Share[] shares) {
        this.exchange = exchange;
        this.shares = shares;
        this.givers = new int[shares.length];
        this.moved = new int[shares.length];
    }

    /** Moves until no chain makes the loads fairer. */
    void balance() {
        // First what mends both ends at once.
        moveAll(this::tooMany, this::tooFew);
        moveAll(this::tooMany, this::room);
        moveAll(this::spare, this::tooFew);
    }

    private int tooMany(int member) {
        return exchange.load(member) - shares[member].most();
    }

    private int spare(int member) {
        return exchange.load(member) - shares[member].least();
    }

    private int room(int member) {
        return shares[member].most() - exchange.load(member);
    }

    private int tooFew(int member) {
        return shares[member].least() - exchange.load(member);
    }

    /** Moves from those who have a surplus to those who have room for it, as long as there is a chain between them. */
    private void moveAll(IntUnaryOperator surplus, IntUnaryOperator room) {
        int last = chain(surplus, room);
        while (last != NOBODY) {
            int giver = givers[last];
            if (givers[giver] == NOBODY) {
                moveDirectly(giver, last, Math.min(surplus.applyAsInt(giver), room.applyAsInt(last)));
            } else if (!moveAlong(last)) {
                return;
            }
            last = chain(surplus, room);
        }
    }

    /** Looks for a shortest chain, leaves it in {@link #givers} and returns its last member. */
    private int chain(IntUnaryOperator surplus, IntUnaryOperator room) {
        Arrays.fill(givers, NOBODY);
        Deque<Integer> reached = new ArrayDeque<>();
        BitSet open = new BitSet(givers.length);
        open.set(0, givers.length);
        for (int member = 0; member < givers.length; member++) {
            if (surplus.applyAsInt(member) > 0) {
                reached.add(member);
                open.clear(member);
            }
        }
        while (!reached.isEmpty()) {
            int last = reach(reached.remove(), open, reached, room);
            if (last != NOBODY) {
                return last;
            }
        }
        return NOBODY;
    }

    private int reach(int giver, BitSet open, Deque<Integer> reached, IntUnaryOperator room) {
        BitSet partitions = exchange.of(giver);
        for (int partition = partitions.nextSetBit(0);
                partition >= 0;
                partition = partitions.nextSetBit(partition + 1)) {
            for (int taker = open.nextSetBit(0); taker >= 0; taker = open.nextSetBit(taker + 1)) {
                if (exchange.mayMove(partition, giver, taker)) {
                    givers[taker] = giver;
                    if (room.applyAsInt(taker) > 0) {
                        return taker;
                    }
                    open.clear(taker);
                    reached.add(taker);
                }
            }
        }
        return NOBODY;
    }

    /** Moves the cheapest partitions, at most so many. What is legal for one is so whatever happens to the others. */
    private void moveDirectly(int giver, int taker, int most) {
        List<Candidate> cheapest = candidates(giver, taker).sorted().limit(most).toList();
        cheapest.forEach(candidate -> exchange.move(candidate.partition(), giver, taker));
    }

    /** Moves one partition along each link of the chain, beginning at its end; all of them or none. */
    private boolean moveAlong(int last) {
        for (int taker = last; givers[taker] != NOBODY; taker = givers[taker]) {
            Optional<Candidate> cheapest = candidates(givers[taker], taker).min(Comparator.naturalOrder());
            if (cheapest.isEmpty()) {
                // A later link moved another copy of the same partition, and this one may not follow.
                undo(last, taker);
                return false;
            }
            moved[taker] = cheapest.get().partition();
            exchange.move(moved[taker], givers[taker], taker);
        }
        return true;
    }

    private void undo(int last, int end) {
        for (int taker = last; taker != end; taker = givers[taker]) {
            exchange.move(moved[taker], taker, givers[taker]);
        }
    }

    private Stream<Candidate> candidates(int giver, int taker) {
        return exchange.of(giver).stream()
                .filter(partition -> exchange.mayMove(partition, giver, taker))
                .mapToObj(partition -> new Candidate(exchange.cost(partition, giver, taker), partition));
    }

    /** A partition that may move. */
    private record Candidate(long cost, int partition) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            int byCost = Long.compare(cost, other.cost);
            return byCost != 0 ? byCost : Integer.compare(partition, other.partition);
        }
    }
}
