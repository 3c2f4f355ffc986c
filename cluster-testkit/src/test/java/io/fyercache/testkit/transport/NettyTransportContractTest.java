package io.fyercache.testkit.transport;

import io.fyercache.sharded.transport.netty.Secret;
import io.fyercache.sharded.transport.netty.TransportSecurity;
import io.fyercache.sharded.transport.netty.TransportSecurity.Exposure;
import io.fyercache.testkit.contract.TransportContract;
import io.fyercache.testkit.contract.TransportFixture;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on real sockets. */
@ParameterizedClass
@MethodSource("securities")
class NettyTransportContractTest extends TransportContract {
    @Parameter
    private TransportSecurity security;

    static Stream<TransportSecurity> securities() {
        return Stream.of(
                new TransportSecurity.SharedSecret(new Secret(new byte[Secret.MIN_BYTES])),
                new TransportSecurity.None(Exposure.LOOPBACK_ONLY));
    }

    @Override
    protected TransportFixture start() {
        return new NettyTransports(security);
    }
}
