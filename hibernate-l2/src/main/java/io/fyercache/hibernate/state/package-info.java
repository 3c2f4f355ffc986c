/**
 * What the state in an entry depends on: names, types, columns and order of attributes, as this process has them. It exists because a state is taken apart by position, and says
 * nothing of that itself: during a deployment two processes may have two versions of one class.
 *
 * <p>Knows Hibernate's model, and nothing of regions and caches.
 */
@NullMarked
package io.fyercache.hibernate.state;

import org.jspecify.annotations.NullMarked;
