package io.fyercache.sharded.coordination;

import java.util.List;

/** Is told which caches a cluster has, one call at a time; later calls tell of later states, and states in between may be left out. */
public interface CatalogueListener {

    /**
     * Which caches there are now. Called first when the catalogue has been read, even if there are none. A cache whose definition cannot be
     * read is left out, which says nothing of the others.
     *
     * @param caches by number
     */
    void cachesChanged(List<NumberedCache> caches);

    /** How a {@link CacheCatalogue#define} ended. The cache, if there is one, has been told of before, or is gone again. */
    void defineEnded(String name, DefineOutcome outcome);

    /** How a {@link CacheCatalogue#adjust} ended. The cache as it is now has been told of before, or is gone again. */
    void adjustEnded(int number, DefineOutcome outcome);

    /** How a {@link CacheCatalogue#destroy} ended. */
    void destroyEnded(int number, DestroyOutcome outcome);

    /** A {@link CacheCatalogue#refresh} has ended. */
    void catalogueRefreshed();
}
