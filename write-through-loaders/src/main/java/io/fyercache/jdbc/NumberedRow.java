package io.fyercache.jdbc;

import io.fyercache.jdbc.mapping.Row;

/**
 * A row and where its entry stands in the collection that the provider passed.
 *
 * @param number the position, from 0; entries need not have an equals of their own, so only it tells them apart
 */
record NumberedRow(int number, Row row) {}
