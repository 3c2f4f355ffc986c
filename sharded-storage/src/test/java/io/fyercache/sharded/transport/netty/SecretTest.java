package io.fyercache.sharded.transport.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static final byte[] BYTES = "correct horse battery staple".getBytes(US_ASCII);

    @Test
    void secret_isNeverPrinted() {
        Secret secret = new Secret(BYTES);
        NettySettings settings = NettySettings.of(new UUID(1, 2), new TransportSecurity.SharedSecret(secret));

        assertThat(secret.toString()).isEqualTo("Secret[not shown]");
        assertThat(settings.toString()).contains("Secret[not shown]").doesNotContain("correct");
    }

    @Test
    void secret_ofAWrongLength_isRefused_withoutBeingShown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Secret("fifteen letters".getBytes(US_ASCII)))
                .withMessageContaining("15 bytes (expected: 16..1024")
                .withMessageNotContaining("letters");
        assertThatIllegalArgumentException().isThrownBy(() -> new Secret(new byte[1_025]));
    }

    @Test
    void secret_isACopy() {
        byte[] given = BYTES.clone();
        Secret secret = new Secret(given);
        given[0]++;

        assertThat(secret.authenticate(new byte[1])).isEqualTo(new Secret(BYTES).authenticate(new byte[1]));
    }

    @Test
    void wipedSecret_provesNothing() {
        Secret secret = new Secret(BYTES);
        secret.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> secret.authenticate(new byte[1]))
                .withMessageContaining("wiped");
    }
}
