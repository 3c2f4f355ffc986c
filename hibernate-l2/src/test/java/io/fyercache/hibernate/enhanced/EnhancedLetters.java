package io.fyercache.hibernate.enhanced;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import org.hibernate.bytecode.enhance.spi.DefaultEnhancementContext;
import org.hibernate.bytecode.internal.BytecodeProviderInitiator;

/** Letters whose class is enhanced as a build does it, once it was compiled. */
public final class EnhancedLetters {
    private static final String NAME = EnhancedLetters.class.getPackageName() + ".Letter";

    private static final Class<?> ENHANCED = enhance();

    private EnhancedLetters() {}

    /** Returns the class. */
    public static Class<?> type() {
        return ENHANCED;
    }

    /** Makes one. */
    public static Titled letter(long id, String title, String text) {
        try {
            return (Titled) ENHANCED.getDeclaredConstructor(long.class, String.class, String.class)
                    .newInstance(id, title, text);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(NAME, e);
        }
    }

    private static Class<?> enhance() {
        String file = "/" + NAME.replace('.', '/') + ".class";
        try (InputStream compiled = EnhancedLetters.class.getResourceAsStream(file)) {
            if (compiled == null) {
                throw new AssertionError(file + ": nothing (expected: a class)");
            }
            byte[] enhanced = BytecodeProviderInitiator.buildDefaultBytecodeProvider()
                    .getEnhancer(new DefaultEnhancementContext())
                    .enhance(NAME, compiled.readAllBytes());
            return MethodHandles.lookup().defineClass(enhanced);
        } catch (IOException | IllegalAccessException e) {
            throw new AssertionError(file, e);
        }
    }
}
