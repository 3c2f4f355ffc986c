package io.fyercache.sharded.coordination;

/** How a {@link CacheCatalogue#define} or a {@link CacheCatalogue#adjust} ended. */
public sealed interface DefineOutcome {

    /** There is a cache of that name, or number: this one, which may have been defined before, and otherwise. */
    record Defined(NumberedCache cache) implements DefineOutcome {}

    /**
     * Nothing is done.
     *
     * @param why for people: what was found, what was expected, and what can be done
     */
    record Refused(String why) implements DefineOutcome {}

    /** The connection broke: it is done or not. To ask for it again does no harm. */
    enum Unknown implements DefineOutcome {
        /** The only one. */
        UNKNOWN
    }
}
