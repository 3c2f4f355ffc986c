package io.fyercache.sharded.member;

import io.fyercache.sharded.controller.Hearsay;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.MemberMessage.Asked;
import io.fyercache.sharded.message.MemberMessage.Relayed;
import io.fyercache.sharded.topology.Incarnation;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The way from the primaries of a member to the controller (T2). It is the straight one; and as long as the controller does not say that it
 * hears this member, another member is asked to pass the same on, each time the next of those who hear both. Without that, a controller that
 * is itself the backup which does not answer would never learn that it is to be taken out. Used by one thread.
 */
final class ControllerPath {
    private final Incarnation self;
    private final Hearsay hearsay;
    private final BiConsumer<Incarnation, MemberMessage> sender;
    private final long turnNanos;

    /**
     * Makes the way of a member.
     *
     * @param sender sends a message to a member
     * @param turnNanos after which time something is asked again, and another member passes it on
     */
    ControllerPath(Incarnation self, Hearsay hearsay, BiConsumer<Incarnation, MemberMessage> sender, long turnNanos) {
        this.self = self;
        this.hearsay = hearsay;
        this.sender = sender;
        this.turnNanos = turnNanos;
    }

    /**
     * Sends what a primary of this member asks. It may get lost, and is asked again until it has become true.
     *
     * @param controller who controls, as far as is known here
     */
    void ask(Asked asked, Incarnation controller, long nowNanos) {
        sender.accept(controller, asked);
        if (!controller.equals(self) && !hearsay.hears(controller, self, nowNanos)) {
            List<Incarnation> able = hearsay.whoHear(self, controller, nowNanos);
            if (!able.isEmpty()) {
                // Of those who hear the controller, some may be unheard by it; so each has its turn, and not for all
                // partitions at once.
                int turn = Math.floorMod(asked.partition() + nowNanos / turnNanos, able.size());
                sender.accept(able.get(turn), new Relayed(self, asked));
            }
        }
    }

    /**
     * Passes on what a primary of another member asks, if it comes from that member.
     *
     * @param controller who controls, as far as is known here; null if nobody does
     */
    void passOn(Incarnation from, Relayed relayed, @Nullable Incarnation controller) {
        if (controller != null && from.equals(relayed.primary())) {
            sender.accept(controller, relayed);
        }
    }
}
