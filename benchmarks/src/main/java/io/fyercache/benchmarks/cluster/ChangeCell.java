package io.fyercache.benchmarks.cluster;

import io.fyercache.benchmarks.contestant.CacheForm;

/**
 * How long it takes until all other members have heard of what one has changed.
 *
 * @param form one by which members share no entries
 */
public record ChangeCell(CacheForm form) {
    /** The cell's name, such as {@code topology/invalidated/change}. */
    public String id() {
        return form.id() + "/change";
    }
}
