/** Certificates and keys as they are in PEM files: those that a process shows, and those of whom a caller believes. It must not know who serves, nor HTTP's routes. */
@NullMarked
package io.fyercache.management.certificate;

import org.jspecify.annotations.NullMarked;
