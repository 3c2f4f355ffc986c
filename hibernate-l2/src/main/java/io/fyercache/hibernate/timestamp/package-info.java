/**
 * Timestamps of sessions and changes: where they come from, and when tables were last changed. It exists so that the one number that decides what
 * is stale has one source. It must not know regions, nor Hibernate.
 */
@NullMarked
package io.fyercache.hibernate.timestamp;

import org.jspecify.annotations.NullMarked;
