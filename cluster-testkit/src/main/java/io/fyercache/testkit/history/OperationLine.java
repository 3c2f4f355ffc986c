package io.fyercache.testkit.history;

import io.fyercache.testkit.history.Action.Exchange;
import io.fyercache.testkit.history.Completion.Answered;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An operation as the members of a line of a history file, and back. */
final class OperationLine {
    private static final String CLIENT = "client";
    private static final String KEY = "key";
    private static final String OPERATION = "op";
    private static final String EXPECTED = "expected";
    private static final String VALUE = "value";
    private static final String SUMMAND = "summand";
    private static final String INVOKED = "invoked";
    private static final String RETURNED = "returned";
    private static final String OUTCOME = "outcome";
    private static final String ANSWER = "answer";
    private static final String READ = "read";
    private static final String LEFT = "left";

    private OperationLine() {}

    static Map<String, @Nullable Object> members(Operation operation, Function<Object, String> text) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put(CLIENT, operation.client());
        members.put(KEY, scalar(operation.key(), text));
        members.put(OPERATION, name(operation.action()));
        addArguments(operation.action(), members, text);
        members.put(INVOKED, operation.invokedNanos());
        if (operation.completion() instanceof Answered answered) {
            members.put(RETURNED, answered.returnedNanos());
            if (answered.answer() instanceof Exchange exchange) {
                members.put(READ, scalar(exchange.read(), text));
                members.put(LEFT, scalar(exchange.left(), text));
            } else {
                members.put(ANSWER, scalar(answered.answer(), text));
            }
        } else {
            members.put(OUTCOME, operation.completion() instanceof Completion.Failed ? "failed" : "unknown");
        }
        return members;
    }

    /**
     * Returns the operation that a line is about.
     *
     * @throws IllegalArgumentException if a member is missing or of the wrong type
     */
    static Operation operation(Map<String, @Nullable Object> members) {
        Action action = action(required(members, OPERATION, String.class), members);
        return new Operation(
                required(members, CLIENT, String.class),
                required(members, KEY, Object.class),
                action,
                required(members, INVOKED, Long.class),
                completion(action, members));
    }

    private static String name(Action action) {
        if (action instanceof Action.Invoke invoke) {
            if (invoke.function() instanceof AtomicFunction.CompareAndSet<?, ?>) {
                return "compareAndSet";
            }
            return invoke.function() instanceof AtomicFunction.Add<?> ? "add" : "invoke";
        }
        String type = action.getClass().getSimpleName();
        return Character.toLowerCase(type.charAt(0)) + type.substring(1);
    }

    private static void addArguments(
            Action action, Map<String, @Nullable Object> members, Function<Object, String> text) {
        if (action instanceof Action.Put put) {
            members.put(VALUE, scalar(put.value(), text));
        } else if (action instanceof Action.PutIfAbsent put) {
            members.put(VALUE, scalar(put.value(), text));
        } else if (action instanceof Action.Replace replace) {
            members.put(VALUE, scalar(replace.value(), text));
        } else if (action instanceof Action.ReplaceExpected replace) {
            members.put(EXPECTED, scalar(replace.expected(), text));
            members.put(VALUE, scalar(replace.value(), text));
        } else if (action instanceof Action.RemoveExpected remove) {
            members.put(EXPECTED, scalar(remove.expected(), text));
        } else if (action instanceof Action.GetAndPut put) {
            members.put(VALUE, scalar(put.value(), text));
        } else if (action instanceof Action.GetAndReplace replace) {
            members.put(VALUE, scalar(replace.value(), text));
        } else if (action instanceof Action.Invoke invoke) {
            if (invoke.function() instanceof AtomicFunction.CompareAndSet<?, ?> compareAndSet) {
                members.put(EXPECTED, scalar(compareAndSet.expected(), text));
                members.put(VALUE, scalar(compareAndSet.next(), text));
            } else if (invoke.function() instanceof AtomicFunction.Add<?> add) {
                members.put(SUMMAND, add.summand());
            }
        }
    }

    private static Action action(String name, Map<String, @Nullable Object> members) {
        return switch (name) {
            case "get" -> new Action.Get();
            case "containsKey" -> new Action.ContainsKey();
            case "put" -> new Action.Put(required(members, VALUE, Object.class));
            case "putIfAbsent" -> new Action.PutIfAbsent(required(members, VALUE, Object.class));
            case "replace" -> new Action.Replace(required(members, VALUE, Object.class));
            case "replaceExpected" ->
                new Action.ReplaceExpected(
                        required(members, EXPECTED, Object.class), required(members, VALUE, Object.class));
            case "remove" -> new Action.Remove();
            case "removeExpected" -> new Action.RemoveExpected(required(members, EXPECTED, Object.class));
            case "getAndPut" -> new Action.GetAndPut(required(members, VALUE, Object.class));
            case "getAndReplace" -> new Action.GetAndReplace(required(members, VALUE, Object.class));
            case "getAndRemove" -> new Action.GetAndRemove();
            case "clear" -> new Action.Clear();
            case "compareAndSet" ->
                new Action.Invoke(new AtomicFunction.CompareAndSet<>(members.get(EXPECTED), members.get(VALUE)));
            case "add" -> new Action.Invoke(new AtomicFunction.Add<>(required(members, SUMMAND, Long.class)));
            case "invoke" -> new Action.Invoke(new AtomicFunction.Undescribed());
            default -> throw new IllegalArgumentException("op: '" + name + "' (expected: a method of Cache)");
        };
    }

    private static Completion completion(Action action, Map<String, @Nullable Object> members) {
        if (!members.containsKey(RETURNED)) {
            String outcome = required(members, OUTCOME, String.class);
            return switch (outcome) {
                case "unknown" -> new Completion.Unknown();
                case "failed" -> new Completion.Failed();
                default ->
                    throw new IllegalArgumentException("outcome: '" + outcome + "' (expected: unknown or failed)");
            };
        }
        long returnedNanos = required(members, RETURNED, Long.class);
        if (action instanceof Action.Invoke) {
            return new Answered(new Exchange(members.get(READ), members.get(LEFT)), returnedNanos);
        }
        return new Answered(
                action.isAnsweredByBoolean() ? required(members, ANSWER, Boolean.class) : members.get(ANSWER),
                returnedNanos);
    }

    private static <T> T required(Map<String, @Nullable Object> members, String name, Class<T> type) {
        Object value = members.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: "
                    + (type == Object.class ? "a value" : type.getSimpleName()) + ")");
        }
        return type.cast(value);
    }

    private static @Nullable Object scalar(@Nullable Object value, Function<Object, String> text) {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        return value instanceof Integer number ? (Object) (long) number : text.apply(value);
    }
}
