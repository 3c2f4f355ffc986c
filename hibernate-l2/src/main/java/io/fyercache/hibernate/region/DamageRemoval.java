package io.fyercache.hibernate.region;

import java.io.Serializable;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/**
 * Removes an entry that does not decode, with its key held. Whoever has failed to read it may be late: what has come in its place decodes, and stays, a soft lock above all.
 * It also stays if it decodes where the key is, in a process with another version of its class; there are readers for it then.
 */
record DamageRemoval() implements EntryProcessor<Object, Object, Boolean>, Serializable {
    private static final long serialVersionUID = 1L;

    /** Returns whether the entry was removed. */
    @Override
    public Boolean process(MutableEntry<Object, Object> entry, Object... arguments) {
        try {
            entry.getValue();
            return false;
        } catch (RuntimeException undecodable) {
            entry.remove();
            return true;
        }
    }
}
