/** Who may do what: tokens and whom they stand for, roles, the one authorizer, and what is noted of changes. It must not know HTTP. */
@NullMarked
package io.fyercache.management.access;

import org.jspecify.annotations.NullMarked;
