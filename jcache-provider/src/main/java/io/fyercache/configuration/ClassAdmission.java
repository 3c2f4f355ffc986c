package io.fyercache.configuration;

/** Which classes Java deserialization may create for a cache. */
public enum ClassAdmission {
    /** Every class that the manager's class loader can reach, except the ones known from deserialization attacks. */
    APPLICATION_CLASSES,
    /** The common value types of the JDK and the classes that {@link Serialization#allowedClasses()} names, no others. */
    ALLOW_LIST
}
