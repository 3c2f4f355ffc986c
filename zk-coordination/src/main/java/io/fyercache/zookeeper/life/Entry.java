package io.fyercache.zookeeper.life;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.TopologyForm;
import io.fyercache.zookeeper.election.QueuePart;
import io.fyercache.zookeeper.life.ExpectedCluster.Absence;
import io.fyercache.zookeeper.life.ExpectedCluster.Identification;
import io.fyercache.zookeeper.life.JoinFailure.Reason;
import io.fyercache.zookeeper.znode.Children;
import io.fyercache.zookeeper.znode.Refusal;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Written;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeOperation;
import io.fyercache.zookeeper.znode.ZnodeOperation.Check;
import io.fyercache.zookeeper.znode.ZnodeOperation.Create;
import io.fyercache.zookeeper.znode.ZnodeOperation.CreateMode;
import io.fyercache.zookeeper.znode.ZnodeSession;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.List;
import java.util.UUID;

/**
 * The beginning of a life: creates what every cluster has, if this member is the first of all, makes sure that it is the right cluster, then creates
 * the member's own znodes. Where the connection breaks, all of this is done again on the next one. The first write is answered after all
 * earlier ones were carried out or lost for good, so whether the member's znode is there is known by then; if it is not, whether it ever was
 * is not known.
 */
final class Entry {
    private final ZnodeSession session;
    private final MemberDescription description;
    private final ExpectedCluster cluster;
    private final Host host;
    private final String ownName;
    private final String ownPath;

    /** Whether the member's znode may have been created. */
    private boolean attempted;

    /** Is told how it ends, once. */
    interface Host {
        /** The member's znodes are there. */
        void entered(UUID cluster, Incarnation self, String candidate);

        /** They will not be. */
        void refused(JoinFailure why);
    }

    Entry(ZnodeSession session, MemberDescription description, ExpectedCluster cluster, Host host) {
        this.session = session;
        this.description = description;
        this.cluster = cluster;
        this.host = host;
        this.ownName = description.id().toString();
        this.ownPath = Znodes.member(ownName);
    }

    /** What puts a member at the end of the queue. */
    static Create candidate(MemberDescription description) {
        return new Create(Znodes.candidate(description.id()), Znodes.nothing(), CreateMode.EPHEMERAL_SEQUENTIAL);
    }

    /** Begins, on a connection. */
    void begin() {
        if (cluster.absence() == Absence.FOUNDS) {
            found();
        } else {
            revisit();
        }
    }

    private void found() {
        List<ZnodeOperation> founding = Znodes.founding(cluster.toFound(description.id()));
        session.write(founding, reply -> {
            // If the first of them, the identity, is there, then all are.
            if (reply instanceof Reply.Done || isRefused(reply, 0, Refusal.NODE_EXISTS)) {
                identify();
            } else if (reply instanceof Reply.Refused<List<Written>> refused) {
                refuse(refused, founding.get(refused.operation()).path());
            }
        });
    }

    /** Changes nothing, and is answered when all earlier writes were carried out or lost. */
    private void revisit() {
        session.write(List.of(new Check(Znodes.CLUSTER, ZnodeOperation.ANY_VERSION)), reply -> {
            if (reply instanceof Reply.Done) {
                identify();
            } else if (isRefused(reply, 0, Refusal.NO_NODE)) {
                host.refused(cluster.absent());
            } else if (reply instanceof Reply.Refused<List<Written>> refused) {
                refuse(refused, Znodes.CLUSTER);
            }
        });
    }

    private void identify() {
        session.get(Znodes.CLUSTER, reply -> {
            if (reply instanceof Reply.Done<Znode> done) {
                identify(done.value());
            } else if (reply instanceof Reply.Refused<Znode> refused) {
                refuse(refused, Znodes.CLUSTER);
            }
        });
    }

    private void identify(Znode znode) {
        Identification identification = cluster.identify(znode);
        if (identification instanceof Identification.Accepted accepted) {
            findOwn(accepted.cluster());
        } else if (identification instanceof Identification.Refused refused) {
            host.refused(refused.why());
        }
    }

    private void findOwn(UUID found) {
        session.get(ownPath, reply -> {
            if (reply instanceof Reply.Done<Znode> done) {
                onOwn(found, done.value());
            } else if (isRefused(reply, 0, Refusal.NO_NODE)) {
                VersionCheck.of(session, description, VersionCheck.ALL, host::refused, () -> createOnce(found));
            } else if (reply instanceof Reply.Refused<Znode> refused) {
                refuse(refused, ownPath);
            }
        });
    }

    private void onOwn(UUID found, Znode own) {
        if (own.stat().ephemeralOwner() == session.id()) {
            findCandidate(found, own);
        } else {
            host.refused(new JoinFailure(
                    Reason.ID_TAKEN, "member id: " + ownName + " (expected: one that no other life has or had)"));
        }
    }

    /**
     * Creates the member, unless it may have been created before. It may have been taken for dead since and removed, and if it came to life
     * again under the same name, whoever has seen the first would take it for that one.
     */
    private void createOnce(UUID found) {
        if (attempted) {
            host.refused(new JoinFailure(
                    Reason.SESSION_LOST,
                    "member id: " + ownName + ", whose joining was not answered (expected: an answer); try again with"
                            + " another id, as it may have been there and gone"));
        } else {
            attempted = true;
            create(found);
        }
    }

    private void create(UUID found) {
        List<ZnodeOperation> both = List.of(
                new Create(ownPath, TopologyForm.encode(description), CreateMode.EPHEMERAL), candidate(description));
        session.write(both, reply -> {
            if (reply instanceof Reply.Done) {
                findOwn(found); // Which tells when it was born.
            } else if (reply instanceof Reply.Refused<List<Written>> refused) {
                refuse(refused, both.get(refused.operation()).path());
            }
        });
    }

    private void findCandidate(UUID found, Znode own) {
        session.children(Znodes.LATCH, reply -> {
            if (reply instanceof Reply.Done<Children> done) {
                String candidate = QueuePart.candidateAmong(done.value().names(), ownName);
                if (candidate == null) {
                    host.refused(new JoinFailure(Reason.SESSION_LOST, "the session was lost just after it had begun"));
                } else {
                    enter(found, new Incarnation(own.stat().czxid()), candidate);
                }
            } else if (reply instanceof Reply.Refused<Children> refused) {
                refuse(refused, Znodes.LATCH);
            }
        });
    }

    /** Enters unless somebody else has entered at the same time with whom it cannot speak; of two such, the later one gives way. */
    private void enter(UUID found, Incarnation self, String candidate) {
        VersionCheck.of(session, description, self.number(), host::refused, () -> host.entered(found, self, candidate));
    }

    private static boolean isRefused(Reply<?> reply, int operation, Refusal reason) {
        return reply instanceof Reply.Refused<?> refused
                && refused.operation() == operation
                && refused.reason() == reason;
    }

    private void refuse(Reply.Refused<?> refused, String path) {
        if (refused.reason() == Refusal.NOT_PERMITTED) {
            host.refused(new JoinFailure(
                    Reason.NOT_PERMITTED,
                    "znode " + path + ": not permitted (expected: the credentials of whoever founded the cluster)"));
        } else {
            host.refused(new JoinFailure(
                    Reason.WRONG_CHROOT,
                    "znode " + path + ": " + refused.reason() + " (expected: a cluster's chroot, or an empty one)"));
        }
    }
}
