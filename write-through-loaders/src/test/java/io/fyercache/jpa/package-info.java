/** Loader and writer on Hibernate ORM and real databases. */
package io.fyercache.jpa;
