package io.fyercache.sharded.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.sharded.transport.netty.Knock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirstContactTest {
    private static final Knock REFUSED = new Knock.Refused("it has another secret");

    private final Map<Incarnation, Consumer<Knock>> knocks = new TreeMap<>();
    private final FirstContact contact = new FirstContact(0);

    @BeforeEach
    void comeToTheDoors() {
        contact.knockAt(knocks::put);
    }

    private static Member member(long incarnation, int port) {
        return new Member(
                new Incarnation(incarnation),
                new MemberDescription(
                        new UUID(0, incarnation),
                        "node",
                        new Location("host", ""),
                        new DataAddress("host", port),
                        MemberDescription.DEFAULT_CAPACITY,
                        new ProtocolVersions(1, 1)));
    }

    private void present(Member... members) {
        contact.membersChanged(List.of(members));
        contact.onTick(0);
    }

    private void answer(Member member, Knock answer) {
        knocks.remove(member.incarnation()).accept(answer);
    }

    private String failure() {
        return contact.made()
                .handle((made, why) -> String.valueOf(why.getMessage()))
                .join();
    }

    @Test
    void nobodyIsThere_isFine() {
        contact.onTick(0);
        assertThat(contact.made()).isNotDone();

        present();

        assertThat(contact.made()).isCompleted();
    }

    @Test
    void oneWhoLetsItIn_isEnough() {
        Member one = member(1, 7001);
        Member two = member(2, 7002);
        present(one, two);

        answer(one, REFUSED);
        assertThat(contact.made()).isNotDone();
        answer(two, Knock.Plain.LET_IN);

        assertThat(contact.made()).isCompleted();
    }

    @Test
    void whoIsNotReached_refusesNothing() {
        Member one = member(1, 7001);
        Member two = member(2, 7002);
        present(one, two);

        answer(one, Knock.Plain.NOBODY_THERE);
        contact.onTick(0);
        assertThat(contact.made()).as("the other has not answered").isNotDone();
        answer(two, Knock.Plain.NOBODY_THERE);
        contact.onTick(0);

        assertThat(contact.made()).isCompleted();
    }

    @Test
    void whoRefuses_isAskedAgain_untilTheLimit_andThenNamed() {
        Member one = member(1, 7001);
        Member two = member(2, 7002);
        present(one, two);
        answer(one, REFUSED);
        answer(two, Knock.Plain.NOBODY_THERE);

        contact.onTick(FirstContact.LIMIT_NANOS - 1);
        assertThat(contact.made()).isNotDone();
        assertThat(knocks).containsOnlyKeys(one.incarnation(), two.incarnation());
        contact.onTick(FirstContact.LIMIT_NANOS);

        assertThat(failure())
                .contains("no member lets it in", one + " at host:7001: it has another secret")
                .doesNotContain("7002");
    }

    @Test
    void whoRefusedOnce_andIsGone_doesNotCount() {
        Member one = member(1, 7001);
        present(one);
        answer(one, REFUSED);

        present();

        assertThat(contact.made()).isCompleted();
    }

    @Test
    void formerLife_atTheAddressOfAnother_isNotAsked_norIsItsOwn() {
        Member former = member(1, 7001);
        Member self = member(2, 7001);

        contact.livesAs(self.incarnation());
        present(former, self);

        assertThat(knocks).isEmpty();
        assertThat(contact.made()).isCompleted();
    }

    @Test
    void processThatLearnsLast_whichOfThemItIs_doesNotLetItselfIn() {
        Member one = member(1, 7001);
        Member self = member(2, 7002);

        contact.membersChanged(List.of(one, self));
        contact.livesAs(self.incarnation());
        contact.onTick(0);

        assertThat(knocks).containsOnlyKeys(one.incarnation());
        assertThat(contact.made()).isNotDone();
    }

    @Test
    void processThatKnowsWhichItIs_andNotWhoIsThere_waits() {
        contact.livesAs(member(2, 7002).incarnation());
        contact.onTick(0);

        assertThat(contact.made()).isNotDone();
    }

    @Test
    void whoCannotReadWhoIsThere_goesOnAtTheLimit() {
        contact.onTick(FirstContact.LIMIT_NANOS);

        assertThat(contact.made()).isCompleted();
    }

    @Test
    void newDoors_areKnockedAtAnew() {
        Member one = member(1, 7001);
        present(one);
        knocks.clear();

        contact.knockAt(knocks::put);
        contact.onTick(0);

        assertThat(knocks).containsOnlyKeys(one.incarnation());
    }
}
