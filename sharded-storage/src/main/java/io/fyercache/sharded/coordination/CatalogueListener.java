package io.fyercache.sharded.coordination;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told which caches a cluster has, one call at a time; later calls tell of later states. */
public interface CatalogueListener {

    /**
     * Which caches there are now.
     *
     * @param caches by number
     */
    void cachesChanged(List<NumberedCache> caches);

    /**
     * How a {@link CacheCatalogue#define} ended.
     *
     * @param cache the one of that name; null if ZooKeeper has not answered, or has not enough room for it: then it may be there or not
     */
    void defined(String name, @Nullable NumberedCache cache);

    /** How a {@link CacheCatalogue#destroy} ended; if not {@code done}, ZooKeeper has not answered. */
    void destroyed(int number, boolean done);

    /** A {@link CacheCatalogue#refresh} has ended. */
    void catalogueRefreshed();
}
