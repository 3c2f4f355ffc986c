/**
 * By what a database can tell a write of a primary that is in office from one of a primary that was deposed: the tokens of a writer's call. It knows
 * neither writers nor partitions, and no database.
 */
@NullMarked
package io.fyercache.core.fence;

import org.jspecify.annotations.NullMarked;
