package io.fyercache.jdbc.through;

/**
 * What is to be written and where its element stands in the collection that the provider passed.
 *
 * @param number the position, from 0; entries need not have an equals of their own, so only it tells them apart
 * @param key the key, for messages
 * @param item what is written or deleted
 */
public record Numbered<K, T>(int number, K key, T item) {}
