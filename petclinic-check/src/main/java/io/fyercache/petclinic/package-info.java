/**
 * A clinic for pets: an application of Spring Boot and Spring Data with entities, as a user writes it. It knows Hibernate's annotations for its cache and
 * nothing of FyerCache, which is there by a dependency and by settings.
 */
@NullMarked
package io.fyercache.petclinic;

import org.jspecify.annotations.NullMarked;
