/** Tests of the package without a cache's contract around it. */
package io.fyercache.jdbc.dialect;
