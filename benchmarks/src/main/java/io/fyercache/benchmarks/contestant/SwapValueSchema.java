package io.fyercache.benchmarks.contestant;

import io.fyercache.benchmarks.workload.SwapValue;
import org.infinispan.protostream.FileDescriptorSource;
import org.infinispan.protostream.ProtobufTagMarshaller;
import org.infinispan.protostream.SerializationContext;
import org.infinispan.protostream.SerializationContextInitializer;

/** Tells Infinispan how to send {@link SwapValue}: as a message without fields. Its own marshaller, the quicker one, asks for a schema. */
final class SwapValueSchema implements SerializationContextInitializer {
    private static final String FILE = "benchmarks.proto";
    private static final String PACKAGE = "fyercache_benchmarks";
    private static final String MESSAGE = "SwapValue";

    @Override
    public void registerSchema(SerializationContext context) {
        context.registerProtoFiles(FileDescriptorSource.fromString(
                FILE, "syntax = \"proto3\"; package %s; message %s {}".formatted(PACKAGE, MESSAGE)));
    }

    @Override
    public void registerMarshallers(SerializationContext context) {
        context.registerMarshaller(new WithoutFields());
    }

    @SuppressWarnings("rawtypes") // A class object knows no type arguments.
    private static final class WithoutFields implements ProtobufTagMarshaller<SwapValue> {
        @Override
        public SwapValue read(ReadContext context) {
            return new SwapValue<>();
        }

        @Override
        public void write(WriteContext context, SwapValue value) {
            // There is nothing to tell.
        }

        @Override
        public Class<? extends SwapValue> getJavaClass() {
            return SwapValue.class;
        }

        @Override
        public String getTypeName() {
            return PACKAGE + "." + MESSAGE;
        }
    }
}
