package io.fyercache.configuration;

import io.fyercache.core.codec.ClassFilter;
import io.fyercache.core.codec.CodecLimits;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How a cache turns keys and values into bytes, and what it accepts when it turns bytes into objects.
 *
 * <p>The values are checked, together with all others, when the {@link FyerConfiguration} is built.
 *
 * @param admission which classes Java deserialization may create
 * @param allowedClasses the classes that {@link ClassAdmission#ALLOW_LIST} admits: a class name ({@code com.acme.Order}), a package
 *     ({@code com.acme.*}), or a package with all below it ({@code com.acme.**})
 * @param maxDepth the depth of an object graph: 1..250
 * @param maxReferences the references in an object graph: 1..100,000,000
 * @param maxBytes the bytes of one encoded key or value: 1 KiB..1 GiB
 * @param maxArrayLength the elements of an array in an object graph: 1..1,000,000,000
 * @param codecs names of {@code ValueCodec}s to try first, in this order; the ones not named keep their own order
 */
public record Serialization(
        ClassAdmission admission,
        List<String> allowedClasses,
        int maxDepth,
        int maxReferences,
        long maxBytes,
        int maxArrayLength,
        List<String> codecs)
        implements Serializable {

    private static final Serialization DEFAULTS = new Serialization(
            CacheSettings.SERIALIZATION_ADMISSION.defaultValue(),
            CacheSettings.SERIALIZATION_ALLOWED_CLASSES.defaultValue(),
            CacheSettings.SERIALIZATION_MAX_DEPTH.defaultValue().intValue(),
            CacheSettings.SERIALIZATION_MAX_REFERENCES.defaultValue().intValue(),
            CacheSettings.SERIALIZATION_MAX_BYTES.defaultValue(),
            CacheSettings.SERIALIZATION_MAX_ARRAY_LENGTH.defaultValue().intValue(),
            CacheSettings.SERIALIZATION_CODECS.defaultValue());

    /** Keeps unmodifiable copies of the lists. */
    public Serialization {
        allowedClasses = List.copyOf(allowedClasses);
        codecs = List.copyOf(codecs);
    }

    /** Returns application classes within a depth of 20, 100,000 references, 16 MiB, arrays of 1,000,000, and no preferred codec. */
    public static Serialization defaults() {
        return DEFAULTS;
    }

    /** Returns this with {@link ClassAdmission#ALLOW_LIST} and the classes that it admits, by name or pattern. */
    public Serialization withAllowList(String... patterns) {
        return new Serialization(
                ClassAdmission.ALLOW_LIST,
                List.of(patterns),
                maxDepth,
                maxReferences,
                maxBytes,
                maxArrayLength,
                codecs);
    }

    /** Returns this with another limit of depth: 1..250. */
    public Serialization withMaxDepth(int depth) {
        return new Serialization(admission, allowedClasses, depth, maxReferences, maxBytes, maxArrayLength, codecs);
    }

    /** Returns this with another limit of references: 1..100,000,000. */
    public Serialization withMaxReferences(int references) {
        return new Serialization(admission, allowedClasses, maxDepth, references, maxBytes, maxArrayLength, codecs);
    }

    /** Returns this with another limit of bytes: 1 KiB..1 GiB. */
    public Serialization withMaxBytes(long bytes) {
        return new Serialization(admission, allowedClasses, maxDepth, maxReferences, bytes, maxArrayLength, codecs);
    }

    /** Returns this with another limit of array elements: 1..1,000,000,000. */
    public Serialization withMaxArrayLength(int elements) {
        return new Serialization(admission, allowedClasses, maxDepth, maxReferences, maxBytes, elements, codecs);
    }

    /** Returns this with other codecs to try first. */
    public Serialization withCodecs(String... names) {
        return new Serialization(
                admission, allowedClasses, maxDepth, maxReferences, maxBytes, maxArrayLength, List.of(names));
    }

    /**
     * Returns the filter that says which classes may be created.
     *
     * @param limits what is created has to keep within
     * @param further classes that are admitted in any case, as {@link #allowedClasses} names them
     */
    public ClassFilter classFilter(CodecLimits limits, List<String> further) {
        List<String> allowed = new ArrayList<>(allowedClasses);
        allowed.addAll(further);
        return ClassFilter.of(
                admission == ClassAdmission.ALLOW_LIST
                        ? ClassFilter.Mode.LISTED_ONLY
                        : ClassFilter.Mode.APPLICATION_CLASSES,
                allowed,
                limits);
    }

    /** Returns this part of the values of a whole configuration. */
    static Serialization of(SettingValues values) {
        return new Serialization(
                values.get(CacheSettings.SERIALIZATION_ADMISSION),
                values.get(CacheSettings.SERIALIZATION_ALLOWED_CLASSES),
                values.get(CacheSettings.SERIALIZATION_MAX_DEPTH).intValue(),
                values.get(CacheSettings.SERIALIZATION_MAX_REFERENCES).intValue(),
                values.get(CacheSettings.SERIALIZATION_MAX_BYTES),
                values.get(CacheSettings.SERIALIZATION_MAX_ARRAY_LENGTH).intValue(),
                values.get(CacheSettings.SERIALIZATION_CODECS));
    }

    /** Returns the values of a whole configuration with these in place of its own. */
    SettingValues statedIn(SettingValues values) {
        return values.with(CacheSettings.SERIALIZATION_ADMISSION, admission)
                .with(CacheSettings.SERIALIZATION_ALLOWED_CLASSES, allowedClasses)
                .with(CacheSettings.SERIALIZATION_MAX_DEPTH, (long) maxDepth)
                .with(CacheSettings.SERIALIZATION_MAX_REFERENCES, (long) maxReferences)
                .with(CacheSettings.SERIALIZATION_MAX_BYTES, maxBytes)
                .with(CacheSettings.SERIALIZATION_MAX_ARRAY_LENGTH, (long) maxArrayLength)
                .with(CacheSettings.SERIALIZATION_CODECS, codecs);
    }
}
