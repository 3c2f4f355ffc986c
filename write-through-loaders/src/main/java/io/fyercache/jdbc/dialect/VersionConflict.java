package io.fyercache.jdbc.dialect;

/**
 * A row does not have the version that its change was made from: somebody else changed, deleted or inserted it.
 *
 * <p>Inside of the module alone; the writer throws its own exception.
 */
public final class VersionConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Of a row that was to have this version. */
    VersionConflict(long version) {
        super(
                version == 0
                        ? "version 0: there is a row already (expected: none); load the entry and change that"
                        : "version " + version + ": the row has another version, or is gone (expected: version "
                                + (version - 1) + "); load the entry again, and repeat the change");
    }

    /** Of a version that is counted elsewhere, with what tells of it. */
    public VersionConflict(Throwable cause) {
        super(
                "the row has another version, or is gone (expected: the version that the change was made from); load the entry"
                        + " again, and repeat the change",
                cause);
    }
}
