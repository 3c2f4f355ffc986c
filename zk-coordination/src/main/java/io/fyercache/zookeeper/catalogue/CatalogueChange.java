package io.fyercache.zookeeper.catalogue;

import io.fyercache.zookeeper.znode.ZnodeOperation;
import io.fyercache.zookeeper.znode.ZnodeOperation.Check;
import io.fyercache.zookeeper.znode.ZnodeOperation.SetData;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.ArrayList;
import java.util.List;

/** Something that is asked of the catalogue, and whom to tell what became of it. */
sealed interface CatalogueChange permits DefiningChange, Destruction {
    /** The position of the operation that settles that the list is the one that is known. */
    int VERSION = 0;

    /**
     * What a change comes to by the list that is known.
     *
     * @param operations the first of which fails if the list has changed
     * @param outcome tells it
     */
    record Draft(List<ZnodeOperation> operations, Runnable outcome) {

        /** Leaves the list as it is. */
        static Draft unchanged(CataloguePart list, Runnable outcome) {
            return new Draft(List.of(new Check(Znodes.CACHES, list.version())), outcome);
        }

        /** Changes the list by these operations, too. */
        static Draft changed(CataloguePart list, List<ZnodeOperation> more, Runnable outcome) {
            List<ZnodeOperation> operations = new ArrayList<>();
            operations.add(new SetData(Znodes.CACHES, Znodes.nothing(), list.version()));
            operations.addAll(more);
            return new Draft(operations, outcome);
        }
    }

    /** Decides by the list that is known. */
    Draft on(CataloguePart list);

    /** ZooKeeper refuses it for another reason than a list that has changed. */
    void refused(String why);

    /** The connection broke. */
    void unknown();
}
