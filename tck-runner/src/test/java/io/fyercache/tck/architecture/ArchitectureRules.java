package io.fyercache.tck.architecture;

import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.io.ObjectInputStream;
import java.time.Clock;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/** The rules that follow from a floor plan and from {@code CONTRIBUTING.md}, each by the name of its fixture. */
final class ArchitectureRules {
    private static final List<String> EMPTY_WORDS = List.of("Util", "Utils", "Helper", "Impl", "Manager");

    private static final List<String> LOGGING_FRAMEWORKS = List.of(
            "java.util.logging", "org.slf4j", "org.apache.commons.logging", "org.apache.logging", "org.jboss.logging");

    /** Types under which an immutable collection is declared. */
    private static final Set<Class<?>> READABLE_COLLECTIONS = Set.of(
            Collection.class,
            List.class,
            Set.class,
            SortedSet.class,
            NavigableSet.class,
            Map.class,
            SortedMap.class,
            NavigableMap.class);

    private final FloorPlan plan;

    ArchitectureRules(FloorPlan plan) {
        this.plan = plan;
    }

    /** Every rule, by name. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("acyclic", slices().matching(plan.root() + ".(**)").should().beFreeOfCycles());
        rules.put("rooms", eachClass("be in a room of the floor plan", this::inRoom));
        rules.put("floors", eachClass("import their own floor and lower ones only", this::importsDownward));
        rules.put("libraries", eachClass("use the foreign libraries of their room only", this::usesOwnLibraries));
        rules.put("clocks", eachClass("leave time and chance to " + FloorPlan.CLOCKS, this::leavesTimeToClocks));
        rules.put("purity", eachClass("depend on arguments alone in pure rooms", this::isPure));
        rules.put("sleep", eachClass("wait for something rather than sleep", ArchitectureRules::neverSleeps));
        rules.put(
                "deserialization", eachClass("leave objects on the wire to " + FloorPlan.CODECS, this::decodesInCodec));
        rules.put("deserializer", classes().should(new OneDeserializer()));
        rules.put("names", eachClass("be named for what they are", ArchitectureRules::isNamedWell));
        rules.put("logging", eachClass("log through System.Logger", ArchitectureRules::logsThroughSystemLogger));
        rules.put("statics", eachClass("keep no mutable static state", ArchitectureRules::keepsNoStaticState));
        rules.put("nullness", eachClass("be in a @NullMarked package", ArchitectureRules::isNullMarked));
        rules.replaceAll((name, rule) -> rule.as(name + ": " + rule.getDescription()));
        return rules;
    }

    private void inRoom(JavaClass type, Violations violations) {
        if (!plan.has(type.getPackageName())) {
            violations.add(type, "is in no room of the floor plan; give its package one");
        }
    }

    private void importsDownward(JavaClass type, Violations violations) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            String used = packageOf(dependency);
            if (plan.isOurs(used) && !plan.mayImport(type.getPackageName(), used)) {
                violations.add(type, dependency.getDescription());
            }
        }
    }

    private void usesOwnLibraries(JavaClass type, Violations violations) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            String used = packageOf(dependency);
            boolean primitive = used.isEmpty();
            if (!primitive && !plan.isOurs(used) && !plan.mayUse(type.getPackageName(), used)) {
                violations.add(type, dependency.getDescription());
            }
        }
    }

    private void leavesTimeToClocks(JavaClass type, Violations violations) {
        if (FloorPlan.CLOCKS.stream().noneMatch(room -> plan.isRoom(type.getPackageName(), room))) {
            violations.addAccesses(type, ArchitectureRules::asksForTimeOrChance);
        }
        if (plan.isInCore(type.getPackageName())) {
            violations.addAccesses(type, access -> access.getTargetOwner().isEquivalentTo(ThreadLocalRandom.class));
            violations.addAccesses(type, access -> access.getTargetOwner().isEquivalentTo(Random.class));
        }
    }

    private void isPure(JavaClass type, Violations violations) {
        if (!plan.isPure(type.getPackageName())) {
            return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            if (Impurity.isIn(dependency.getTargetClass().getBaseComponentType())) {
                violations.add(type, dependency.getDescription());
            }
        }
        violations.addAccesses(type, Impurity::isIn);
    }

    private static boolean asksForTimeOrChance(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String member = access.getTarget().getName();
        boolean constructor = member.equals("<init>");
        if (owner.isEquivalentTo(System.class)) {
            return member.equals("currentTimeMillis") || member.equals("nanoTime");
        }
        if (owner.isEquivalentTo(Clock.class)) {
            return member.startsWith("system") || member.startsWith("tick");
        }
        if (owner.isEquivalentTo(Math.class) || owner.isEquivalentTo(StrictMath.class)) {
            return member.equals("random");
        }
        if (owner.isEquivalentTo(Date.class)) {
            return constructor && access.getTarget().getFullName().endsWith("()");
        }
        if (owner.isEquivalentTo(Random.class)) {
            // One that is given a seed leaves chance to whoever gives it.
            return constructor && access.getTarget().getFullName().endsWith("()");
        }
        return owner.getPackageName().startsWith("java.time") && member.equals("now");
    }

    private static void neverSleeps(JavaClass type, Violations violations) {
        violations.addAccesses(
                type,
                access -> access.getTarget().getName().equals("sleep")
                        && (access.getTargetOwner().isEquivalentTo(Thread.class)
                                || access.getTargetOwner().isEquivalentTo(TimeUnit.class)));
    }

    private void decodesInCodec(JavaClass type, Violations violations) {
        if (deserializes(type) && !plan.isRoom(type.getPackageName(), FloorPlan.CODECS)) {
            violations.add(type, "uses ObjectInputStream");
        }
    }

    /** A class that is named in the signature of a hook only, such as a {@code readObject} that refuses, reads nothing. */
    private static boolean deserializes(JavaClass type) {
        return type.isAssignableTo(ObjectInputStream.class)
                || type.getAccessesFromSelf().stream()
                        .anyMatch(access -> access.getTargetOwner().isAssignableTo(ObjectInputStream.class));
    }

    private static void isNamedWell(JavaClass type, Violations violations) {
        for (String word : EMPTY_WORDS) {
            boolean jcacheSaysSo = type.getAllRawInterfaces().stream()
                    .anyMatch(implemented -> implemented.getPackageName().startsWith("javax.cache")
                            && implemented.getSimpleName().endsWith(word));
            if (type.getSimpleName().endsWith(word) && !jcacheSaysSo) {
                violations.add(type, "ends in " + word + ", which says nothing; name it for what it does");
            }
        }
    }

    private static void logsThroughSystemLogger(JavaClass type, Violations violations) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            if (LOGGING_FRAMEWORKS.stream().anyMatch(packageOf(dependency)::startsWith)) {
                violations.add(type, dependency.getDescription());
            }
        }
    }

    private static void keepsNoStaticState(JavaClass type, Violations violations) {
        for (JavaField field : type.getFields()) {
            Set<JavaModifier> modifiers = field.getModifiers();
            if (!modifiers.contains(JavaModifier.STATIC) || modifiers.contains(JavaModifier.SYNTHETIC)) {
                continue;
            }
            if (!modifiers.contains(JavaModifier.FINAL)) {
                violations.add(type, field.getDescription() + " is static and not final");
            } else if (isCollection(field.getRawType()) && !isReadableCollection(field.getRawType())) {
                violations.add(type, field.getDescription() + " is a static mutable collection");
            } else if (isCollection(field.getRawType()) && makesMutableCollection(type)) {
                violations.add(
                        type, field.getDescription() + " may be a static mutable collection; use List.of or copyOf");
            }
        }
    }

    private static boolean isCollection(JavaClass type) {
        return type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
    }

    private static boolean isReadableCollection(JavaClass type) {
        return READABLE_COLLECTIONS.stream().anyMatch(type::isEquivalentTo);
    }

    private static boolean makesMutableCollection(JavaClass type) {
        return type.getStaticInitializer()
                .map(initializer -> initializer.getConstructorCallsFromSelf().stream()
                                .anyMatch(call -> !call.isDeclaredInLambda() && isCollection(call.getTargetOwner()))
                        && initializer.getMethodCallsFromSelf().stream()
                                .map(call -> call.getTarget().getName())
                                .noneMatch(name -> name.equals("copyOf") || name.startsWith("unmodifiable")))
                .orElse(false);
    }

    private static void isNullMarked(JavaClass type, Violations violations) {
        JavaPackage inPackage = type.getPackage();
        if (!annotatedWith(NullMarked.class).test(inPackage)) {
            violations.add(type, "is in a package without @NullMarked package-info");
        }
    }

    private static String packageOf(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType().getPackageName();
    }

    private static ArchRule eachClass(String should, BiConsumer<JavaClass, Violations> check) {
        return classes().should(new ArchCondition<>(should) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.accept(type, new Violations(events));
            }
        });
    }

    /** Collects what is wrong with a class. */
    private record Violations(ConditionEvents events) {
        void add(JavaClass type, String fault) {
            events.add(violated(type, type.getName() + ": " + fault));
        }

        void addAccesses(JavaClass type, Predicate<JavaAccess<?>> forbidden) {
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                if (forbidden.test(access)) {
                    add(type, access.getDescription());
                }
            }
        }
    }

    /** One class reads JDK-serialized objects, so that there is one filter to get right. */
    private static final class OneDeserializer extends ArchCondition<JavaClass> {
        private final Set<String> users = new TreeSet<>();

        OneDeserializer() {
            super("have one class that uses ObjectInputStream");
        }

        @Override
        public void init(Collection<JavaClass> types) {
            users.clear();
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            if (deserializes(type)) {
                users.add(outermost(type).getName());
            }
        }

        @Override
        public void finish(ConditionEvents events) {
            if (users.size() > 1) {
                events.add(violated(users, "ObjectInputStream is used by " + users + " (expected: one class)"));
            }
        }

        private static JavaClass outermost(JavaClass type) {
            return type.getEnclosingClass().map(OneDeserializer::outermost).orElse(type);
        }
    }
}
