package io.fyercache.sharded.message.codec;

import static io.fyercache.sharded.message.codec.TaggedForm.kind;
import static io.fyercache.sharded.message.codec.TaggedForm.only;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.GetAndPut;
import io.fyercache.core.operation.EntryOperation.GetAndRemove;
import io.fyercache.core.operation.EntryOperation.GetAndReplace;
import io.fyercache.core.operation.EntryOperation.Invalidate;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryOperation.Load;
import io.fyercache.core.operation.EntryOperation.Load.Existing;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.operation.EntryOperation.PutIfAbsent;
import io.fyercache.core.operation.EntryOperation.Remove;
import io.fyercache.core.operation.EntryOperation.RemoveIfEqual;
import io.fyercache.core.operation.EntryOperation.Replace;
import io.fyercache.core.operation.EntryOperation.ReplaceIfEqual;
import io.fyercache.core.operation.EntryProcess;
import io.fyercache.sharded.message.EncodedProcess;
import io.fyercache.sharded.message.EncodedValue;
import java.util.List;

/**
 * The forms of operations on one key, whose values and processes must be encoded ones.
 */
final class OperationForms {
    /** The number that stands for each is its place in this list. */
    private static final List<Existing> EXISTING = List.of(Existing.KEEP, Existing.REPLACE, Existing.RENEW);

    static final Form<EntryOperation> OPERATION = new TaggedForm<>(
            "operation",
            List.of(
                    kind(
                            1,
                            Put.class,
                            (out, operation) -> {
                                writeValue(out, operation.value());
                                out.writeFixed64(operation.deadlineMillis());
                            },
                            in -> new Put(EntryForms.readValue(in), in.readFixed64())),
                    kind(
                            2,
                            PutIfAbsent.class,
                            (out, operation) -> writeValue(out, operation.value()),
                            in -> new PutIfAbsent(EntryForms.readValue(in))),
                    kind(
                            3,
                            GetAndPut.class,
                            (out, operation) -> writeValue(out, operation.value()),
                            in -> new GetAndPut(EntryForms.readValue(in))),
                    kind(
                            4,
                            Replace.class,
                            (out, operation) -> writeValue(out, operation.value()),
                            in -> new Replace(EntryForms.readValue(in))),
                    kind(
                            5,
                            ReplaceIfEqual.class,
                            (out, operation) -> {
                                writeValue(out, operation.expected());
                                writeValue(out, operation.value());
                            },
                            in -> new ReplaceIfEqual(EntryForms.readValue(in), EntryForms.readValue(in))),
                    kind(
                            6,
                            GetAndReplace.class,
                            (out, operation) -> writeValue(out, operation.value()),
                            in -> new GetAndReplace(EntryForms.readValue(in))),
                    only(7, Remove.class, Remove.INSTANCE),
                    kind(
                            8,
                            RemoveIfEqual.class,
                            (out, operation) -> writeValue(out, operation.expected()),
                            in -> new RemoveIfEqual(EntryForms.readValue(in))),
                    only(9, GetAndRemove.class, GetAndRemove.INSTANCE),
                    only(10, Invalidate.class, Invalidate.INSTANCE),
                    kind(
                            11,
                            Load.class,
                            (out, operation) -> {
                                writeValue(out, operation.value());
                                writeExisting(out, operation.existing());
                            },
                            in -> new Load(EntryForms.readValue(in), readExisting(in))),
                    kind(
                            12,
                            Invoke.class,
                            (out, operation) -> writeProcess(out, operation.process()),
                            in -> new Invoke(new EncodedProcess(EntryForms.readValue(in))))));

    private OperationForms() {}

    private static void writeValue(ByteSink out, Object value) {
        if (value instanceof EncodedValue encoded) {
            EntryForms.writeValue(out, encoded);
        } else {
            throw new IllegalArgumentException(
                    "value: an instance of " + value.getClass().getName() + " (expected: an encoded value)");
        }
    }

    private static void writeProcess(ByteSink out, EntryProcess process) {
        if (process instanceof EncodedProcess encoded) {
            EntryForms.writeValue(out, encoded.code());
        } else {
            throw new IllegalArgumentException(
                    "process: an instance of " + process.getClass().getName() + " (expected: an encoded process)");
        }
    }

    static void writeExisting(ByteSink out, Existing existing) {
        out.writeByte(EXISTING.indexOf(existing));
    }

    static Existing readExisting(ByteSource in) {
        return EXISTING.get(in.readIndex(EXISTING.size()));
    }
}
