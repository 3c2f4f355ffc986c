package io.fyercache.hibernate.region;

import io.fyercache.hibernate.slot.Hold;
import org.hibernate.cache.spi.access.SoftLock;

/** What Hibernate keeps of a hold until the transaction ends. */
record HeldLock(Hold.Name name) implements SoftLock {}
