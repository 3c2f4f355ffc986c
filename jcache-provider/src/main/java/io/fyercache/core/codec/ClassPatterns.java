package io.fyercache.core.codec;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A set of class name patterns: {@code com.acme.Order} is one class, {@code com.acme.*} the classes of a package, nested
 * ones included, {@code com.acme.**} those of the package and of all packages below it. Immutable.
 */
final class ClassPatterns {
    private static final String IDENTIFIER = "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*";
    private static final Pattern SYNTAX = Pattern.compile(IDENTIFIER + "(\\." + IDENTIFIER + ")*" + "(\\.\\*{1,2})?");

    private final Set<String> classes = new HashSet<>();
    private final Set<String> packages = new HashSet<>();
    private final Set<String> trees = new HashSet<>();

    private ClassPatterns(Collection<String> patterns) {
        for (String pattern : patterns) {
            if (!SYNTAX.matcher(pattern).matches()) {
                throw new IllegalArgumentException("class pattern: '" + pattern
                        + "' (expected: com.acme.Order, com.acme.* or com.acme.**); name the package in full");
            }
            if (pattern.endsWith(".**")) {
                trees.add(pattern.substring(0, pattern.length() - ".**".length()));
            } else if (pattern.endsWith(".*")) {
                packages.add(pattern.substring(0, pattern.length() - ".*".length()));
            } else {
                classes.add(pattern);
            }
        }
    }

    /**
     * Creates the set of the given patterns.
     *
     * @throws IllegalArgumentException if one of them is none of the three forms
     */
    static ClassPatterns of(Collection<String> patterns) {
        return new ClassPatterns(patterns);
    }

    /** Whether the class is named as itself, not by a wildcard. */
    boolean namesExactly(String className) {
        return classes.contains(className);
    }

    boolean matches(String className) {
        if (classes.contains(className)) {
            return true;
        }
        int dot = className.lastIndexOf('.');
        if (dot < 0) {
            return false;
        }
        if (packages.contains(className.substring(0, dot))) {
            return true;
        }
        for (; dot >= 0; dot = className.lastIndexOf('.', dot - 1)) {
            if (trees.contains(className.substring(0, dot))) {
                return true;
            }
        }
        return false;
    }
}
