package io.fyercache.zookeeper.life;

import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.zookeeper.life.JoinFailure.Reason;
import io.fyercache.zookeeper.znode.Children;
import io.fyercache.zookeeper.znode.DamagedZnodeException;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeReading;
import io.fyercache.zookeeper.znode.ZnodeSession;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whether a member has a version of the protocol in common with each that is there: then all have one, as ranges that overlap in pairs overlap
 * in one place. If an answer is lost, nothing is told: the next connection asks again.
 */
final class VersionCheck {
    /** In place of a transaction: whoever is there, whenever born. */
    static final long ALL = Long.MAX_VALUE;

    private final MemberDescription self;
    private final long bornBefore;
    private final Consumer<JoinFailure> refused;
    private final Runnable passed;

    private VersionCheck(MemberDescription self, long bornBefore, Consumer<JoinFailure> refused, Runnable passed) {
        this.self = self;
        this.bornBefore = bornBefore;
        this.refused = refused;
        this.passed = passed;
    }

    /**
     * Checks.
     *
     * @param bornBefore members that a later transaction has made are not looked at
     */
    static void of(
            ZnodeSession session,
            MemberDescription self,
            long bornBefore,
            Consumer<JoinFailure> refused,
            Runnable passed) {
        VersionCheck check = new VersionCheck(self, bornBefore, refused, passed);
        session.children(Znodes.MEMBERS, reply -> {
            if (reply instanceof Reply.Done<Children> done) {
                check.read(
                        session,
                        done.value().names().stream().map(Znodes::member).toList());
            } else if (reply instanceof Reply.Refused<Children>) {
                check.refuse(DamagedZnodeException.unreadable(Znodes.MEMBERS, reply));
            }
        });
    }

    private void read(ZnodeSession session, List<String> paths) {
        if (paths.isEmpty()) {
            passed.run();
            return;
        }
        ZnodeReading.of(session, paths, reply -> {
            if (reply instanceof Reply.Done<List<Znode>> done) {
                compare(done.value());
            } else if (reply instanceof Reply.Refused<List<Znode>>) {
                refuse(DamagedZnodeException.unreadable(Znodes.MEMBERS, reply));
            }
        });
    }

    private void compare(List<Znode> present) {
        for (Znode znode : present) {
            if (znode.stat().czxid() < bornBefore) {
                MemberDescription other;
                try {
                    other = Znodes.decodeMember(znode);
                } catch (DamagedZnodeException e) {
                    refuse(e);
                    return;
                }
                if (!other.protocolVersions().overlaps(self.protocolVersions())) {
                    refuse(other);
                    return;
                }
            }
        }
        passed.run();
    }

    private void refuse(MemberDescription other) {
        ProtocolVersions own = self.protocolVersions();
        ProtocolVersions theirs = other.protocolVersions();
        boolean tooNew = own.oldest() > theirs.newest();
        refused.accept(new JoinFailure(
                Reason.INCOMPATIBLE,
                "protocol versions of member " + self.nodeName() + ": " + own + ", of member " + other.nodeName()
                        + ", which is there: " + theirs + " (expected: one in common); "
                        + (tooNew
                                ? "bring all members to a release between the two first"
                                : "start this member with the release of the others")));
    }

    private void refuse(DamagedZnodeException damage) {
        refused.accept(new JoinFailure(
                Reason.INCOMPATIBLE,
                damage.getMessage() + "; whoever it is may be of a later release: start this member with the same"));
    }
}
