/** Entities of the tests, one for each access type and kind of mapping. */
@NullMarked
package io.fyercache.hibernate.model;

import org.jspecify.annotations.NullMarked;
