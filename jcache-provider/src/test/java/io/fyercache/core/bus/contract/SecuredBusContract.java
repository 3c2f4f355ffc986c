package io.fyercache.core.bus.contract;

import static io.fyercache.core.bus.contract.InvalidationBusContract.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.bus.BusAddress;
import io.fyercache.core.bus.BusException;
import io.fyercache.core.bus.BusUse;
import io.fyercache.core.bus.InvalidationBus;
import io.fyercache.core.bus.InvalidationBusProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every bus does whose broker speaks TLS, and wants to know who connects. */
public abstract class SecuredBusContract {
    /** Whom the broker knows. */
    protected static final String USER = "orders";

    protected static final String PASSWORD = "a-right-password";

    private static final String WRONG_PASSWORD = "another-password";
    private static final String TOPIC = "secured";

    /** Returns the bus. */
    protected abstract InvalidationBusProvider provider();

    /** Returns the address of a topic of the broker, for the user with a password, as users write it. */
    protected abstract URI address(String topic, String password) throws IOException;

    private InvalidationBus open(String password, RecordingListener listener) throws IOException {
        BusUse use = new BusUse("secured", getClass().getClassLoader(), Duration.ofSeconds(4), Duration.ofSeconds(10));
        return provider().open(BusAddress.of(address(TOPIC, password)), use, listener);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void rightPassword_messagesArrive() throws IOException {
        RecordingListener listener = new RecordingListener();
        try (InvalidationBus hearing = open(PASSWORD, listener);
                InvalidationBus speaking = open(PASSWORD, new RecordingListener())) {
            eventually().until(() -> listener.beginnings() > 0);

            speaking.publish(bytes("a"));
            hearing.publish(bytes("b"));

            eventually().until(() -> listener.messages().size() == 2);
            assertThat(listener.texts()).containsExactly("a", "b");
        }
    }

    @Test
    void wrongPassword_nothingIsPublishedOrHeard_andTheErrorSaysWhy_withoutIt() throws IOException {
        RecordingListener listener = new RecordingListener();
        try (InvalidationBus stranger = open(WRONG_PASSWORD, listener)) {
            assertThatThrownBy(() -> stranger.publish(bytes("a")))
                    .isInstanceOf(BusException.class)
                    .hasMessageContaining("topic " + TOPIC)
                    .hasMessageContaining("refuses this process (expected: a user and a password that it knows)")
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(WRONG_PASSWORD));
            assertThat(listener.beginnings()).isZero();
        }
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
