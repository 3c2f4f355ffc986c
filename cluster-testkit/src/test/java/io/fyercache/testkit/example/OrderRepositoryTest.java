package io.fyercache.testkit.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.testkit.example.OrderRepository.Order;
import io.fyercache.testkit.simulation.SimulatedCluster;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderRepositoryTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void memberWithTheOrderIsKilled_nothingThatWasAnsweredIsLost(long seed) {
        OrderLoader.DATABASE.put("4711", new Order("4711", 2));
        try (SimulatedCluster cluster = SimulatedCluster.ofSeed(seed).start()) {
            OrderRepository orders = new OrderRepository(cluster.cacheManager());
            assertThat(orders.find("4711").items()).isEqualTo(2);
            OrderLoader.DATABASE.clear(); // From here on the cluster alone knows the order.

            for (int items = 3; items < 20; items++) {
                assertThat(orders.addItem("4711")).isEqualTo(items);
                int node = cluster.primaryOf("4711");
                cluster.kill(node);
                assertThat(orders.find("4711").items()).isEqualTo(items);
                cluster.restart(node);
                cluster.awaitWhole();
            }
        }
    }
}
