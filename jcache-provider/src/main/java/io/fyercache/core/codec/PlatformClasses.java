package io.fyercache.core.codec;

import java.util.List;

/** The JDK's plain value classes, which every filter permits, and how to tell a class of the JDK. */
final class PlatformClasses {
    /**
     * Values and containers whose deserialization touches nothing outside themselves. Left out on purpose: all that opens
     * a second stream ({@code SignedObject}, {@code MarshalledObject}), resolves names ({@code URL}, {@code javax.naming}),
     * invokes by reflection (proxies, {@code java.beans}, {@code java.lang.invoke}), or has a screen.
     */
    static final ClassPatterns LIST = ClassPatterns.of(List.of(
            "java.lang.*",
            "java.io.File",
            "java.io.IOException",
            "java.io.Serializable", // the element type of arrays of anything, in Hibernate's cache items among others
            "java.io.UncheckedIOException",
            "java.math.*",
            "java.net.URI",
            "java.net.InetAddress",
            "java.net.Inet4Address",
            "java.net.Inet6Address",
            "java.net.InetSocketAddress",
            "java.sql.Date",
            "java.sql.Time",
            "java.sql.Timestamp",
            "java.sql.SQLException",
            "java.time.**",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.concurrent.atomic.*",
            "java.util.concurrent.locks.*",
            "java.util.regex.*"));

    private PlatformClasses() {}

    /** Whether the class was loaded by the boot or the platform class loader. */
    static boolean isPlatform(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }
}
