package io.fyercache.sharded.coordination;

/** How a {@link CacheCatalogue#define} ended. */
public sealed interface DefineOutcome {

    /** There is a cache of that name: this one, which may have been defined before, and otherwise. */
    record Defined(NumberedCache cache) implements DefineOutcome {}

    /**
     * Nothing is done.
     *
     * @param why for people: what was found, what was expected, and what can be done
     */
    record Refused(String why) implements DefineOutcome {}

    /** The connection broke: it is done or not. To define it again does no harm. */
    enum Unknown implements DefineOutcome {
        /** The only one. */
        UNKNOWN
    }
}
