package io.fyercache.bookshop;

import java.io.Serializable;
import java.util.List;

/** A book for sale: a record, as applications write their values today. */
public record Book(String isbn, String title, List<String> authors) implements Serializable {}
