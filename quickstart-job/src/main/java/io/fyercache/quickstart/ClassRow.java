package io.fyercache.quickstart;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code jdk_class}: one class of the running JDK. The column names are the component names.
 *
 * @param name the binary name, {@code java.util.Map$Entry}; the key
 * @param module the module that holds the class
 * @param superclass the binary name of the superclass, or null where there is none, as for {@code java.lang.Object}
 * @param size the length of the class file in bytes
 * @param methods the number of methods in the class file, constructors and static initializers among them
 */
public record ClassRow(String name, String module, @Nullable String superclass, int size, int methods)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Returns this row with another size; the burst of writes tells its writes apart by it. */
    ClassRow withSize(int newSize) {
        return new ClassRow(name, module, superclass, newSize, methods);
    }
}
