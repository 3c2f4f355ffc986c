/**
 * The clustered engine: caches of JSR-107 over a client's calls, and on the members' side what those calls find there. Here a user's objects
 * become what travels, and what a call ends as becomes what users expect. What an operation means is decided elsewhere, where the entry is.
 */
@NullMarked
package io.fyercache.sharded.engine;

import org.jspecify.annotations.NullMarked;
