package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.coordination.CacheCatalogue;
import io.fyercache.sharded.coordination.DefineOutcome;
import io.fyercache.sharded.coordination.DefineOutcome.Defined;
import io.fyercache.sharded.coordination.DefineOutcome.Refused;
import io.fyercache.sharded.coordination.DefinitionForm;
import io.fyercache.sharded.coordination.DestroyOutcome;
import io.fyercache.sharded.coordination.NumberedCache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the contract of the catalogue does not ask for, as it takes a real size, or an operator who does damage. */
class ZooKeeperCatalogueTest extends OneServerTest {
    /** Operations in one transaction of the operator's. */
    private static final int BATCH = 100;

    private final Witness witness = new Witness();
    private final CatalogueWitness caches = new CatalogueWitness();
    private final AtomicReference<CacheCatalogue> catalogue = new AtomicReference<>();
    private ZooKeeperCoordinator member;

    @BeforeEach
    void join() {
        member = members.join(Witness.description(), witness);
        members.call(() -> catalogue.set(member.openCatalogue(caches)));
        LiveMembers.await("catalogue", () -> !caches.lists.isEmpty());
    }

    private DefineOutcome define(String name) {
        int before = caches.defines.size();
        members.call(() -> catalogue.get().define(CatalogueWitness.definition(name)));
        LiveMembers.await("define", () -> caches.defines.size() > before);
        return caches.defines.get(before);
    }

    private Op create(String znodeName, byte[] data) {
        return Op.create(
                settings.chroot() + "/caches/" + znodeName, data, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }

    @Test
    void oneCacheMoreThanAClusterMayHave_isRefused() throws Exception {
        List<Op> batch = new ArrayList<>();
        for (int number = 1; number < CacheCatalogue.MAX_CACHES; number++) {
            String name = "cache" + number;
            batch.add(Op.setData(settings.chroot() + "/caches", new byte[0], -1));
            batch.add(create(name + "-" + number, DefinitionForm.encode(CatalogueWitness.definition(name))));
            if (batch.size() >= BATCH || number == CacheCatalogue.MAX_CACHES - 1) {
                operator.multi(batch);
                batch.clear();
            }
        }
        LiveMembers.await("caches", () -> caches.caches().size() == CacheCatalogue.MAX_CACHES - 1);

        assertThat(define("last"))
                .isEqualTo(
                        new Defined(new NumberedCache(CacheCatalogue.MAX_CACHES, CatalogueWitness.definition("last"))));
        DefineOutcome refused = define("one-more");

        assertThat(refused).isInstanceOf(Refused.class);
        assertThat(((Refused) refused).why())
                .contains("'one-more'", "1000 caches", "fewer than " + CacheCatalogue.MAX_CACHES);
        assertThat(caches.caches()).hasSize(CacheCatalogue.MAX_CACHES);
        assertThat(define("cache7"))
                .isEqualTo(new Defined(new NumberedCache(7, CatalogueWitness.definition("cache7"))));
    }

    @Test
    void definitionThatCannotBeRead_keepsItsName_andStopsNobody_andCanBeDestroyed() throws Exception {
        operator.multi(List.of(
                Op.setData(settings.chroot() + "/caches", new byte[0], -1), create("orders-1", new byte[] {9, 9, 9})));

        DefineOutcome refused = define("orders");
        DefineOutcome other = define("customers");
        members.call(() -> member.renewLicence(1));

        assertThat(refused).isInstanceOf(Refused.class);
        assertThat(((Refused) refused).why()).contains("'orders'", "/caches/orders-1", "destroy");
        assertThat(other).isInstanceOf(Defined.class);
        LiveMembers.await("licence", () -> witness.licences.contains(1L));
        assertThat(caches.caches()).extracting(NumberedCache::number).containsExactly(2);

        members.call(() -> catalogue.get().destroy(1));
        LiveMembers.await("destroy", () -> !caches.destroys.isEmpty());
        assertThat(caches.destroys).containsExactly(DestroyOutcome.GONE);
        assertThat(define("orders")).isInstanceOf(Defined.class);
    }

    @Test
    void znodeThatIsNoCache_isLeftAlone() throws Exception {
        operator.create(
                settings.chroot() + "/caches/notes", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);

        assertThat(define("orders")).isInstanceOf(Defined.class);

        assertThat(caches.caches()).hasSize(1);
        assertThat(operator.exists(settings.chroot() + "/caches/notes", false)).isNotNull();
    }

    @Test
    void znodesOfCaches_tellAnOperatorWhatTheyAre() throws Exception {
        define("orders");
        define("größe/m");

        assertThat(operator.getChildren(settings.chroot() + "/caches", false))
                .containsExactlyInAnyOrder("orders-1", "gr%C3%B6%C3%9Fe%2Fm-2");
    }
}
