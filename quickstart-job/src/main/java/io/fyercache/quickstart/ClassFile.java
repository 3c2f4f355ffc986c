package io.fyercache.quickstart;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a class file says of itself and of others: its name, its superclass, how many methods it has, and the classes
 * that its constant pool names (The Java Virtual Machine Specification, chapter 4).
 *
 * @param name the binary name, with dots between packages
 * @param superclass the binary name of the superclass, or null where there is none
 * @param methods the number of methods, constructors and static initializers among them
 * @param references the binary names of the classes that the constant pool names, in its order and with repetitions: a
 *     Class constant names its class (an array its element class); a field or method reference names its owner and the
 *     classes in its descriptor; so do method types and dynamic constants with theirs. Primitive types are no classes
 */
record ClassFile(String name, @Nullable String superclass, int methods, List<String> references) {
    private static final int MAGIC = 0xCAFEBABE;

    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int FLOAT = 4;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELD_REFERENCE = 9;
    private static final int METHOD_REFERENCE = 10;
    private static final int INTERFACE_METHOD_REFERENCE = 11;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final int DYNAMIC = 17;
    private static final int INVOKE_DYNAMIC = 18;
    private static final int MODULE = 19;
    private static final int PACKAGE = 20;

    /**
     * Reads the class file in {@code bytes}.
     *
     * @throws IllegalArgumentException if the bytes are no class file, or end early
     */
    static ClassFile parse(byte[] bytes) {
        try {
            return new Parser(bytes).parse();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IOException e) {
            throw new IllegalArgumentException("class file: broken within its " + bytes.length + " bytes", e);
        }
    }

    /** One pass over the bytes; strings are decoded only where a class is named. */
    private static final class Parser {
        private final byte[] bytes;
        private final ByteBuffer in;
        /** By constant index; 0 for the slots that hold no constant. */
        private int[] tags = {};
        /** By constant index, where the constant's content starts. */
        private int[] offsets = {};

        Parser(byte[] bytes) {
            this.bytes = bytes;
            this.in = ByteBuffer.wrap(bytes);
        }

        ClassFile parse() throws IOException {
            int magic = in.getInt();
            if (magic != MAGIC) {
                throw new IllegalArgumentException(
                        "class file: starts with 0x%08X (expected: 0x%08X)".formatted(magic, MAGIC));
            }
            skip(2 * Short.BYTES); // minor and major version
            readConstantPool();
            List<String> references = references();
            skip(Short.BYTES); // access flags
            String name = classNamed(unsignedShort());
            int superclassIndex = unsignedShort();
            String superclass = superclassIndex == 0 ? null : classNamed(superclassIndex);
            skip(unsignedShort() * Short.BYTES); // interfaces
            skipFields();
            return new ClassFile(name, superclass, unsignedShort(), references);
        }

        private void readConstantPool() {
            int count = unsignedShort();
            tags = new int[count];
            offsets = new int[count];
            for (int i = 1; i < count; i++) {
                tags[i] = in.get();
                offsets[i] = in.position();
                switch (tags[i]) {
                    case UTF8 -> skip(unsignedShort());
                    case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE -> skip(Short.BYTES);
                    case METHOD_HANDLE -> skip(Byte.BYTES + Short.BYTES);
                    case INTEGER,
                            FLOAT,
                            FIELD_REFERENCE,
                            METHOD_REFERENCE,
                            INTERFACE_METHOD_REFERENCE,
                            NAME_AND_TYPE,
                            DYNAMIC,
                            INVOKE_DYNAMIC -> skip(Integer.BYTES);
                    case LONG, DOUBLE -> {
                        skip(Long.BYTES);
                        i++; // they take two slots (JVMS 4.4.5)
                    }
                    default ->
                        throw new IllegalArgumentException("class file: constant " + i + " has tag " + tags[i]
                                + " (expected: one of JVMS table 4.4-A)");
                }
            }
        }

        private List<String> references() throws IOException {
            List<String> references = new ArrayList<>();
            for (int i = 1; i < tags.length; i++) {
                switch (tags[i]) {
                    case CLASS -> addClass(utf8(u2(offsets[i])), references);
                    case FIELD_REFERENCE, METHOD_REFERENCE, INTERFACE_METHOD_REFERENCE -> {
                        addClass(utf8(u2(offsets[u2(offsets[i])])), references);
                        addDescriptorOf(u2(offsets[i] + Short.BYTES), references);
                    }
                    case DYNAMIC, INVOKE_DYNAMIC -> addDescriptorOf(u2(offsets[i] + Short.BYTES), references);
                    case METHOD_TYPE -> addDescriptor(utf8(u2(offsets[i])), references);
                    default -> {
                        // names no class
                    }
                }
            }
            return references;
        }

        private void addDescriptorOf(int nameAndType, List<String> references) throws IOException {
            addDescriptor(utf8(u2(offsets[nameAndType] + Short.BYTES)), references);
        }

        /** Adds what a Class constant names: a class by its internal name, or an array by its descriptor. */
        private static void addClass(String name, List<String> references) {
            if (name.startsWith("[")) {
                addDescriptor(name, references);
            } else {
                references.add(binaryName(name));
            }
        }

        /** Adds the classes in a descriptor such as {@code (I[Ljava/lang/String;)V}. */
        private static void addDescriptor(String descriptor, List<String> references) {
            for (int i = 0; i < descriptor.length(); i++) {
                if (descriptor.charAt(i) == 'L') {
                    int end = descriptor.indexOf(';', i);
                    references.add(binaryName(descriptor.substring(i + 1, end)));
                    i = end;
                }
            }
        }

        private void skipFields() {
            for (int fields = unsignedShort(); fields > 0; fields--) {
                skip(3 * Short.BYTES); // access flags, name, descriptor
                for (int attributes = unsignedShort(); attributes > 0; attributes--) {
                    skip(Short.BYTES); // name
                    skip(in.getInt());
                }
            }
        }

        private String classNamed(int constant) throws IOException {
            return binaryName(utf8(u2(offsets[constant])));
        }

        private static String binaryName(String internalName) {
            return internalName.replace('/', '.');
        }

        /** Decodes the modified UTF-8 of a constant (JVMS 4.4.7), which is what {@link DataInputStream} reads. */
        private String utf8(int constant) throws IOException {
            int offset = offsets[constant];
            int length = Short.BYTES + u2(offset);
            return new DataInputStream(new ByteArrayInputStream(bytes, offset, length)).readUTF();
        }

        private int u2(int offset) {
            return Short.toUnsignedInt(in.getShort(offset));
        }

        private int unsignedShort() {
            return Short.toUnsignedInt(in.getShort());
        }

        private void skip(int count) {
            if (count < 0 || count > in.remaining()) {
                throw new BufferUnderflowException();
            }
            in.position(in.position() + count);
        }
    }
}
