/** How an application tests its caches against a cluster that fails. It uses what is published, and nothing else. */
@NullMarked
package io.fyercache.testkit.example;

import org.jspecify.annotations.NullMarked;
