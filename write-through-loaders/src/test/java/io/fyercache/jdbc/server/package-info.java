/** Servers of databases that tests start for themselves; knows nothing of what is tested. */
package io.fyercache.jdbc.server;
