package io.fyercache.configuration;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.cache.configuration.Factory;
import org.jspecify.annotations.Nullable;

/** The classes that a file names, found with the class loader of a cache manager and never initialized here. */
final class ClassNames {

    private static final String CLASS_NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*";

    private static final Map<String, String> ARRAYS_OF_PRIMITIVES = Map.of(
            "boolean[]",
            "[Z",
            "byte[]",
            "[B",
            "short[]",
            "[S",
            "char[]",
            "[C",
            "int[]",
            "[I",
            "long[]",
            "[J",
            "float[]",
            "[F",
            "double[]",
            "[D");

    private final ClassLoader loader;

    ClassNames(ClassLoader loader) {
        this.loader = loader;
    }

    /** A class, or, when there is none, what to do about it. */
    record Found(@Nullable Class<?> type, String remedy) {
        private static Found no(String remedy) {
            return new Found(null, remedy);
        }
    }

    /** Finds a class by its name, or an array of primitives such as {@code byte[]}. */
    Found find(String name) {
        String array = ARRAYS_OF_PRIMITIVES.get(name);
        if (array == null && !name.matches(CLASS_NAME)) {
            return Found.no("write the name as Class.getName() has it");
        }
        try {
            return new Found(Class.forName(array == null ? name : array, false, loader), "");
        } catch (ClassNotFoundException missing) {
            return Found.no(javaLang(name)
                    .map(meant -> "did you mean " + meant + "?")
                    .orElse("there is no such class; correct the name, or add its jar to the class path"));
        } catch (LinkageError broken) {
            return Found.no(remedyFor(broken));
        }
    }

    /** Finds a class of which an {@link InstanceFactory} can make an object for a role. */
    Found findInstantiable(String name, Class<?> role) {
        Found found = find(name);
        try {
            return found.type() == null ? found : checkInstantiable(found, found.type(), role);
        } catch (LinkageError broken) {
            return Found.no(remedyFor(broken));
        }
    }

    private static Found checkInstantiable(Found found, Class<?> type, Class<?> role) {
        if (!role.isAssignableFrom(type) && !Factory.class.isAssignableFrom(type)) {
            return Found.no("let the class implement " + role.getName());
        }
        if (!isPublic(type) || Modifier.isAbstract(type.getModifiers())) {
            return Found.no("make the class public and not abstract");
        }
        return hasPublicConstructor(type)
                ? found
                : Found.no("give the class a public constructor without parameters, or name a Factory instead");
    }

    private static boolean hasPublicConstructor(Class<?> type) {
        return Arrays.stream(type.getConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0);
    }

    private static String remedyFor(LinkageError broken) {
        return "the class cannot be linked (" + broken + "); add what it needs to the class path";
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
    }

    private static Optional<String> javaLang(String simpleName) {
        if (simpleName.indexOf('.') >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Class.forName("java.lang." + simpleName, false, null).getName());
        } catch (ClassNotFoundException | LinkageError none) {
            return Optional.empty();
        }
    }
}
