package io.fyercache.hibernate.region;

import java.io.Serializable;

/**
 * An entry of a region without soft locks.
 *
 * @param value what Hibernate has made of an entity, a collection or a natural id
 * @param fingerprint of the model by which the value was taken apart. Nobody with another one reads it
 */
record PlainItem(Object value, long fingerprint) implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        // The value may be secret.
        return "PlainItem[fingerprint " + Long.toHexString(fingerprint) + "]";
    }
}
