package io.fyercache.jcache.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.codec.ClassFilter;
import io.fyercache.core.codec.CodecChain;
import io.fyercache.core.codec.CodecLimits;
import io.fyercache.core.operation.ProcessedEntry;
import io.fyercache.jcache.copy.Encoded;
import java.io.Serializable;
import java.util.List;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.Test;

class PortableRunTest {
    private static final Encoded FORM = formOf(PortableRunTest.class.getClassLoader(), ClassFilter.standard());

    /** Puts the key, the old value and the arguments together, and returns the old value. */
    private static final class Join implements EntryProcessor<Object, Object, Object>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Object process(MutableEntry<Object, Object> entry, Object... arguments) {
            Object before = entry.getValue();
            entry.setValue(entry.getKey() + ":" + before + ":" + List.of(arguments));
            return before;
        }
    }

    private static final class Entry implements ProcessedEntry {
        private Object value;

        Entry(Object value) {
            this.value = value;
        }

        @Override
        public boolean exists() {
            return value != null;
        }

        @Override
        public Object value() {
            return value;
        }

        @Override
        public void set(Object newValue) {
            value = newValue;
        }

        @Override
        public void remove() {
            value = null;
        }
    }

    private static Encoded formOf(ClassLoader loader, ClassFilter filter) {
        return new Encoded("c", CodecChain.of(loader, filter));
    }

    private static PortableRun run(EntryProcessor<?, ?, ?> processor, Object... arguments) {
        return new PortableRun("k", FORM, Object.class, processor, arguments);
    }

    private static PortableProcessors receiver(Encoded form) {
        return new PortableProcessors(form, () -> Object.class);
    }

    @Test
    void runsElsewhere_onStoredForms_andItsResultComesBack() {
        PortableRun sent = run(new Join(), "x", 1);
        Entry entry = new Entry(FORM.toStored("old"));

        Object result = receiver(FORM).decode("k", sent.encode()).process(entry);

        assertThat(FORM.toUser(entry.value())).isEqualTo("k:old:[x, 1]");
        assertThat(result).isInstanceOf(byte[].class);
        assertThat(sent.decodeResult((byte[]) result)).isEqualTo("old");
    }

    @Test
    void noResult_comesBackAsNone() {
        Object result = receiver(FORM).decode("k", run(new Join()).encode()).process(new Entry(null));

        assertThat(result).isNull();
    }

    @Test
    void runsHere_onStoredFormsToo() {
        Entry entry = new Entry(FORM.toStored("old"));

        assertThat(run(new Join()).process(entry)).isEqualTo("old");
        assertThat(FORM.toUser(entry.value())).isEqualTo("k:old:[]");
    }

    @Test
    void processorThatIsNotSerializable_isRefusedNamingIt() {
        EntryProcessor<Object, Object, Object> processor = (entry, arguments) -> null;

        assertThatThrownBy(() -> run(processor).encode())
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("'c'", "entry processor", getClass().getName());
    }

    @Test
    void memberWithoutTheClass_saysWhichIsMissing() {
        byte[] encoded = run(new Join()).encode();
        ClassLoader platform = ClassLoader.getPlatformClassLoader();

        assertThatThrownBy(
                        () -> receiver(formOf(platform, ClassFilter.standard())).decode("k", encoded))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("'c'", "entry processor", Join.class.getName());
    }

    @Test
    void memberWhoseFilterRefusesTheClass_saysSo() {
        byte[] encoded = run(new Join()).encode();
        ClassFilter listed = ClassFilter.of(ClassFilter.Mode.LISTED_ONLY, List.of(), CodecLimits.DEFAULT);

        assertThatThrownBy(() ->
                        receiver(formOf(getClass().getClassLoader(), listed)).decode("k", encoded))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(Join.class.getName());
    }

    @Test
    void bytesOfSomethingElse_areRefused() {
        byte[] encoded = FORM.encode("a text", "text");

        assertThatThrownBy(() -> receiver(FORM).decode("k", encoded))
                .isInstanceOf(EntryProcessorException.class)
                .hasMessageContaining("java.lang.String");
    }
}
