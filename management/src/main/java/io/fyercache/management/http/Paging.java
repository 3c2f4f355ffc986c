package io.fyercache.management.http;

import io.fyercache.management.report.Page;
import java.util.List;

/** Which part of a list is asked for. */
final class Paging {
    static final String OFFSET = "offset";
    static final String LIMIT = "limit";

    /** The parameters of lists. */
    static final List<String> PARAMETERS = List.of(OFFSET, LIMIT);

    private Paging() {}

    static int offset(Exchange exchange) {
        return (int) exchange.number(OFFSET, 0, 0, Integer.MAX_VALUE);
    }

    static int limit(Exchange exchange) {
        return (int) exchange.number(LIMIT, Page.DEFAULT_LIMIT, 1, Page.MAX_LIMIT);
    }
}
