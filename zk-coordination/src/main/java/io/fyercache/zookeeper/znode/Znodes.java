package io.fyercache.zookeeper.znode;

import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.sharded.coordination.DefinitionForm;
import io.fyercache.sharded.coordination.DefinitionFormatException;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.TableSegment;
import io.fyercache.sharded.topology.TopologyForm;
import io.fyercache.sharded.topology.TopologyFormatException;
import io.fyercache.zookeeper.znode.ZnodeOperation.Create;
import io.fyercache.zookeeper.znode.ZnodeOperation.CreateMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where everything is below a cluster's chroot, and what is in it. What is read is not trusted: anybody may have written it. */
public final class Znodes {
    /** The chroot itself. */
    public static final String ROOT = "";

    /** Its data is the cluster's identity, as text that an operator can read. It never changes. */
    public static final String CLUSTER = "/cluster";

    /** Its children are the members, each ephemeral, named by their ids. */
    public static final String MEMBERS = "/members";

    /** Its children are the candidates, named by their member's id and a number that is their place in the queue. */
    public static final String LATCH = "/latch";

    /** Its version is the controller's epoch, its data the controller's incarnation. */
    public static final String CONTROLLER = "/ctl";

    /** Its version is the table's; its children are the segments. */
    public static final String TABLE = "/table";

    /** Its children are the caches, by {@link CacheZnode}, and what was changed of them, by {@link AmendmentZnode}; each change of these changes its version, which gives the next cache its number. */
    public static final String CACHES = "/caches";

    /** Its children are the locks in use, each the parent of those who hold it or wait for it. Made by who uses the first. */
    public static final String LOCKS = "/locks";

    /** What every cluster has from its founding on. */
    public static final List<String> OF_EVERY_CLUSTER = List.of(CLUSTER, MEMBERS, LATCH, CONTROLLER, TABLE, CACHES);

    private static final Pattern CANDIDATE = Pattern.compile(".{36}-\\d{10}");

    private Znodes() {}

    /** Makes what every cluster has: all of it is there, or nothing. The identity comes first. */
    public static List<ZnodeOperation> founding(UUID cluster) {
        List<ZnodeOperation> operations = new ArrayList<>();
        for (String path : OF_EVERY_CLUSTER) {
            byte[] data = path.equals(CLUSTER) ? encode(cluster) : nothing();
            operations.add(new Create(path, data, CreateMode.PERSISTENT));
        }
        return operations;
    }

    /** The path of a member, by its id. */
    public static String member(String id) {
        return MEMBERS + "/" + id;
    }

    /** The last name in a path. */
    public static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The beginning of a candidate's path. */
    public static String candidate(UUID id) {
        return LATCH + "/" + id + "-";
    }

    /** Tells whether it is the name of a candidate. */
    public static boolean isCandidate(String name) {
        return CANDIDATE.matcher(name).matches();
    }

    /** The id of the member whose candidate it is. */
    public static String memberOf(String candidateName) {
        return candidateName.substring(0, candidateName.lastIndexOf('-'));
    }

    /** Where a candidate stands: the lower, the earlier its turn. */
    public static long place(String candidateName) {
        return Long.parseLong(candidateName.substring(candidateName.lastIndexOf('-') + 1));
    }

    /** The path of a segment of the table. */
    public static String segment(int number) {
        return TABLE + "/seg-" + number / 10 + number % 10;
    }

    /** The path of a lock, by its name. */
    public static String lock(String name) {
        return LOCKS + "/" + name;
    }

    /** The data of what is a znode for its version or its children. */
    public static byte[] nothing() {
        return new byte[0];
    }

    /** The data of {@link #CONTROLLER}. */
    public static byte[] encode(Incarnation controller) {
        return ByteBuffer.allocate(Long.BYTES).putLong(controller.number()).array();
    }

    /**
     * Reads {@link #CONTROLLER}.
     *
     * @return null if nobody ever was the controller
     * @throws DamagedZnodeException if it is something else
     */
    public static @Nullable Incarnation decodeController(Znode znode) {
        byte[] data = znode.data();
        if (data.length == 0) {
            return null;
        }
        long number = data.length == Long.BYTES ? ByteBuffer.wrap(data).getLong() : 0;
        if (number < 1) {
            throw new DamagedZnodeException(
                    znode.path(),
                    data.length + " bytes that are no incarnation (expected: none, or 8 of a positive number)");
        }
        return new Incarnation(number);
    }

    /** The data of {@link #CLUSTER}. */
    public static byte[] encode(UUID cluster) {
        return cluster.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads {@link #CLUSTER}.
     *
     * @throws DamagedZnodeException if it is something else
     */
    public static UUID decodeCluster(Znode znode) {
        String text = new String(znode.data(), StandardCharsets.US_ASCII);
        try {
            UUID cluster = UUID.fromString(text);
            if (cluster.toString().equals(text)) {
                return cluster;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new DamagedZnodeException(
                znode.path(), znode.data().length + " bytes that are no identity (expected: a UUID)");
    }

    /**
     * Reads a member's znode.
     *
     * @throws DamagedZnodeException if it is none, or another member's
     */
    public static MemberDescription decodeMember(Znode znode) {
        MemberDescription description;
        try {
            description = TopologyForm.decodeDescription(znode.data());
        } catch (TopologyFormatException e) {
            throw new DamagedZnodeException(znode.path(), e);
        }
        if (!znode.path().equals(member(description.id().toString()))) {
            throw new DamagedZnodeException(
                    znode.path(), "it is of member " + description.id() + " (expected: its own)");
        }
        return description;
    }

    /**
     * Reads a cache's znode.
     *
     * @throws DamagedZnodeException if it is none, or another cache's
     */
    public static PortableDefinition decodeDefinition(Znode znode, CacheZnode cache) {
        PortableDefinition definition;
        try {
            definition = DefinitionForm.decode(znode.data());
        } catch (DefinitionFormatException e) {
            throw new DamagedZnodeException(znode.path(), e);
        }
        if (!definition.name().equals(cache.name())) {
            throw new DamagedZnodeException(
                    znode.path(), "it defines cache '" + definition.name() + "' (expected: its own)");
        }
        return definition;
    }

    /**
     * Reads what was changed of a cache: a definition that has nothing else.
     *
     * @throws DamagedZnodeException if it is none
     */
    public static PortableDefinition decodeAmendment(Znode znode) {
        try {
            return DefinitionForm.decode(znode.data());
        } catch (DefinitionFormatException e) {
            throw new DamagedZnodeException(znode.path(), e);
        }
    }

    /**
     * Reads a segment's znode.
     *
     * @throws DamagedZnodeException if it is none, or another segment's
     */
    public static TableSegment decodeSegment(Znode znode) {
        TableSegment segment;
        try {
            segment = TopologyForm.decodeSegment(znode.data());
        } catch (TopologyFormatException e) {
            throw new DamagedZnodeException(znode.path(), e);
        }
        if (!znode.path().equals(segment(segment.number()))) {
            throw new DamagedZnodeException(znode.path(), "it is segment " + segment.number() + " (expected: its own)");
        }
        return segment;
    }
}
