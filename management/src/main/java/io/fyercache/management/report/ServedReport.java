package io.fyercache.management.report;

import java.util.List;

/**
 * What the members of a cluster have served, all together. A member counts what it carries out, whoever has asked, and whether statistics are enabled or not;
 * what a process reads near counts nowhere.
 *
 * @param at when they were asked, in ISO form
 * @param counted each since it joined
 * @param silent the names of those that did not answer; nothing of theirs is counted
 */
public record ServedReport(String at, Counted counted, List<String> silent) {
    /** Keeps an unmodifiable copy. */
    public ServedReport {
        silent = List.copyOf(silent);
    }
}
