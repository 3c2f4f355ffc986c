package io.fyercache.sharded.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.load.LoadSettings;
import io.fyercache.core.operation.ProcessForm;
import io.fyercache.core.operation.StoredForm;
import io.fyercache.core.store.Bounds;
import io.fyercache.sharded.Footprint;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.replication.HostedCache;
import io.fyercache.sharded.replication.ReplicaState;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a member costs before anybody has stored anything. */
class IdleMemberTest {
    private static final int CACHES = 100;
    private static final int MEMBERS = 10;

    /** Bytes, 1.5 MiB, twice what it takes: a partition that begins to cost a kilobyte more is noticed. */
    private static final long LIMIT_BYTES = 3 << 19;

    private static final Incarnation SELF = new Incarnation(1);
    private static final Incarnation OTHER = new Incarnation(2);

    /** Half of the partitions are led here, and all have a copy here. */
    private static PartitionTable table() {
        List<PartitionRecord> records = new ArrayList<>();
        for (int partition = 0; partition < PartitionLayout.STANDARD.spread(); partition++) {
            records.add(PartitionRecord.founding(partition % 2 == 0 ? List.of(SELF, OTHER) : List.of(OTHER, SELF)));
        }
        return PartitionTable.of(PartitionLayout.spread(records.size()), records);
    }

    private static HostedCache cache(int number) {
        CacheDefinition definition = new CacheDefinition(
                "cache" + number,
                StoredForm.BY_REFERENCE,
                ProcessForm.NONE,
                Expiry.ETERNAL,
                Bounds.NONE,
                null,
                CacheDefinition.Reading.CACHE_ONLY,
                LoadSettings.DEFAULT,
                null,
                null,
                ChangeListeners.NONE,
                null,
                CacheDefinition.Near.NOT_KEPT);
        return new HostedCache(definition, null);
    }

    @Test
    void memberOfAThousandPartitionsAndAHundredCaches_takesLittle() {
        IdleProcess example = new IdleProcess();
        assertThat(example.member.replicaCount()).isEqualTo(1_024);
        assertThat(example.member.replica(0).state()).isEqualTo(ReplicaState.TAKING_OVER);
        assertThat(example.member.replica(1).state()).isEqualTo(ReplicaState.BACKUP);

        assertThat(Footprint.ofOneOf(MEMBERS, IdleProcess::new)).isLessThan(LIMIT_BYTES);
    }

    /** A member of an idle process. */
    private static final class IdleProcess extends SilentProcess {
        private final List<HostedCache> caches = new ArrayList<>();
        private final StorageMember member = new StorageMember(this, this, MemberSettings.STANDARD, 0);

        IdleProcess() {
            super(SELF);
            for (int number = 0; number < CACHES; number++) {
                caches.add(IdleMemberTest.cache(number));
            }
            member.onMembers(
                    new MembersPresent(2, List.of(SilentProcess.member(SELF), SilentProcess.member(OTHER))), 0);
            member.onTable(new VersionedTable(1, table()), 0);
            member.onLicence(0);
            member.onTick(0, 0);
        }

        @Override
        public HostedCache cache(int number) {
            return caches.get(number);
        }
    }
}
