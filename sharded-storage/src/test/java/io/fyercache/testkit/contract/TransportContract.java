package io.fyercache.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.Transport;
import io.fyercache.testkit.contract.ConnectedPeer.Received;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Transport} does. */
public abstract class TransportContract {
    private static final int MEBIBYTE = 1 << 20;
    private static final long CLIENT = -9;

    private final List<ConnectedPeer> peers = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private TransportFixture fixture;
    private long births;

    /** Makes a network for one test. */
    protected abstract TransportFixture start();

    @BeforeEach
    void startNetwork() {
        fixture = start();
    }

    @AfterEach
    void nobodyWasToldWhatHeShouldNot() {
        fixture.close();
        for (ConnectedPeer peer : peers) {
            assertThat(peer.complaints()).isEmpty();
        }
    }

    private ConnectedPeer member() {
        return member(members.size());
    }

    /** Starts a member on a node, in a new life, and lets everybody know. */
    private ConnectedPeer member(int node) {
        Member member = fixture.member(node, new Incarnation(++births));
        ConnectedPeer peer = new ConnectedPeer(new Peer.OfMember(member.incarnation()));
        peer.begin(fixture.start(member, peer));
        members.add(member);
        return known(peer);
    }

    private ConnectedPeer client() {
        ConnectedPeer peer = new ConnectedPeer(new Peer.OfClient(CLIENT));
        peer.begin(fixture.startClient(CLIENT, peer));
        return known(peer);
    }

    private ConnectedPeer known(ConnectedPeer peer) {
        peers.add(peer);
        peers.forEach(each -> each.knows(members));
        return peer;
    }

    private static Message word(int number) {
        return new MemberMessage.Relinquish(number, number);
    }

    private static Request request(long sequence, int valueBytes) {
        return requestOf(CLIENT, sequence, valueBytes);
    }

    private static Request requestOf(long client, long sequence, int valueBytes) {
        EntryKey key = new EntryKey(1, new EncodedKey(new byte[] {1, 2}));
        EncodedValue value = new EncodedValue(new byte[valueBytes]);
        return new Request(
                new OperationId(client, sequence),
                1,
                sequence,
                1,
                1,
                key,
                new Request.Task.Write(new EntryOperation.Put(value)));
    }

    private static Reply reply(long sequence) {
        return new Reply(3, new OperationId(CLIENT, sequence), 1, Answer.Done.NOTHING);
    }

    private static Incarnation incarnation(ConnectedPeer member) {
        return ((Peer.OfMember) member.self()).incarnation();
    }

    /** Sends words until one arrives: what is sent while nobody has noticed that the connection is gone gets lost. */
    private void awaitWord(ConnectedPeer from, ConnectedPeer to, int number) {
        fixture.await("word " + number, () -> {
            from.send(to, word(number));
            return to.messages().contains(word(number));
        });
    }

    // ---- messages

    @Test
    void messagesBetweenMembers_arriveOnce_withTheirSender() {
        ConnectedPeer one = member();
        ConnectedPeer two = member();

        for (int number = 1; number <= 50; number++) {
            assertThat(one.send(two, word(number))).isTrue();
            assertThat(two.send(one, word(100 + number))).isTrue();
        }

        fixture.await("all", () -> two.received().size() == 50 && one.received().size() == 50);
        fixture.settle();
        assertThat(two.received())
                .hasSize(50)
                .doesNotHaveDuplicates()
                .allSatisfy(each -> assertThat(each.from()).isEqualTo(one.self()));
        assertThat(one.received()).contains(new Received(two.self(), word(101)));
        assertThat(one.disconnected()).isEmpty();
        assertThat(two.disconnected()).isEmpty();
    }

    @Test
    void clientIsAnswered_overTheConnectionThatItCameBy() {
        ConnectedPeer member = member();
        ConnectedPeer client = client();
        assertThat(member.send(client, reply(1))).as("before it is connected").isFalse();

        Call call = new Call(3, request(1, 10));
        assertThat(client.send(member, call)).isTrue();
        fixture.await("the call", () -> member.received().contains(new Received(client.self(), call)));
        assertThat(member.send(client, reply(1))).isTrue();

        fixture.await("the answer", () -> client.received().equals(List.of(new Received(member.self(), reply(1)))));
    }

    @Test
    void clientWhoseConnectionIsGone_isNotAnswered() {
        ConnectedPeer member = member();
        ConnectedPeer client = client();
        client.send(member, new Call(3, request(1, 10)));
        fixture.await("the call", () -> !member.received().isEmpty());

        client.closeTransport();

        fixture.await("the end", () -> member.disconnected().equals(List.of(client.self())));
        assertThat(member.send(client, reply(1))).isFalse();
        fixture.settle();
        assertThat(member.disconnected()).hasSize(1);
    }

    @Test
    void memberThatNobodyKnows_isNotSentTo() {
        ConnectedPeer one = member();
        ConnectedPeer two = member();
        one.knows(List.of());

        assertThat(one.send(two, word(1))).isFalse();
        fixture.settle();
        assertThat(two.received()).isEmpty();
    }

    @Test
    void whatIsNotForAPeerToSend_doesNotArrive_andEndsTheConnection() {
        ConnectedPeer member = member();
        ConnectedPeer other = member();
        ConnectedPeer client = client();
        List<Message> forbidden = List.of(
                word(1), // as a member
                reply(1), // to a member
                new Call(3, requestOf(CLIENT - 1, 1, 10))); // in the name of another client
        for (int i = 0; i < forbidden.size(); i++) {
            int ends = i + 1;
            fixture.await("a connection", () -> {
                client.send(member, new Call(3, request(ends, 10)));
                return member.messages().contains(new Call(3, request(ends, 10)));
            });

            client.send(member, forbidden.get(i));

            fixture.await("the end", () -> client.disconnected().size() == ends);
        }
        member.send(other, new Call(3, request(1, 10)));
        fixture.await("the end among members", () -> member.disconnected().contains(other.self()));
        fixture.settle();
        assertThat(member.messages()).doesNotContainAnyElementsOf(forbidden);
        assertThat(other.messages()).isEmpty();
    }

    // ---- connections that end

    @Test
    void brokenConnection_isToldOnceToBoth_andMadeAgain() {
        ConnectedPeer one = member();
        ConnectedPeer two = member();
        awaitWord(one, two, 1);

        fixture.breakConnection(one.process(), two.process());

        fixture.await(
                "the end",
                () -> !one.disconnected().isEmpty() && !two.disconnected().isEmpty());
        awaitWord(one, two, 2);
        awaitWord(two, one, 3);
        fixture.settle();
        assertThat(one.disconnected()).containsExactly(two.self());
        assertThat(two.disconnected()).containsExactly(one.self());
        assertThat(one.unreachable()).isEmpty();
        assertThat(two.unreachable()).isEmpty();
    }

    @Test
    void killedMember_isDisconnected_andUnreachable() {
        ConnectedPeer one = member();
        ConnectedPeer two = member();
        ConnectedPeer client = client();
        awaitWord(one, two, 1);
        Call call = new Call(3, request(1, 10));
        client.send(two, call);
        fixture.await("the call", () -> two.messages().contains(call));

        two.process().kill();

        fixture.await("one knows", () -> one.unreachable().contains(incarnation(two)));
        fixture.await("the client knows", () -> client.unreachable().contains(incarnation(two)));
        fixture.settle();
        assertThat(one.disconnected()).containsExactly(two.self());
        assertThat(client.disconnected()).containsExactly(two.self());
    }

    @Test
    void memberThatWasNeverThere_isUnreachable_eachTimeItIsSentTo() {
        ConnectedPeer one = member();
        ConnectedPeer two = member();
        two.process().kill();

        one.send(two, word(1));
        fixture.await("first", () -> one.unreachable().size() == 1);
        one.send(two, word(2));
        fixture.await("second", () -> one.unreachable().size() == 2);

        assertThat(one.disconnected()).isEmpty();
    }

    @Test
    void nextLifeAtTheSameAddress_isNotTakenForTheOneBefore() {
        ConnectedPeer one = member();
        ConnectedPeer former = member(1);
        awaitWord(one, former, 1);
        former.process().kill();
        ConnectedPeer next = member(1);
        fixture.await("the end", () -> !one.disconnected().isEmpty());

        one.send(former, word(2));
        fixture.await("unreachable", () -> one.unreachable().contains(incarnation(former)));
        awaitWord(one, next, 3);

        assertThat(next.messages()).doesNotContain(word(2));
        assertThat(one.unreachable()).doesNotContain(incarnation(next));
    }

    @Test
    void cutOneWay_endsTheConnection_andNoneIsMadeUntilItIsMended() {
        ConnectedPeer one = member();
        ConnectedPeer two = member();
        awaitWord(one, two, 1);
        fixture.cut(one.process(), two.process());
        one.send(two, word(2));

        fixture.await("the end", () -> one.disconnected().contains(two.self()));
        fixture.await("unreachable", () -> one.unreachable().contains(incarnation(two)));
        fixture.mend(one.process(), two.process());
        awaitWord(one, two, 3);
        awaitWord(two, one, 4);

        assertThat(two.messages()).as("lost on the way").doesNotContain(word(2));
    }

    @Test
    void closedTransport_isSilent_andTheOthersAreTold() {
        ConnectedPeer one = member();
        ConnectedPeer two = member();
        awaitWord(one, two, 1);
        awaitWord(two, one, 2);

        two.send(one, word(3));
        one.send(two, word(4));
        one.closeTransport();

        fixture.await("the end", () -> two.disconnected().contains(one.self()));
        assertThat(one.send(two, word(5))).isFalse();
        fixture.settle();
        assertThat(two.disconnected()).containsExactly(one.self());
    }

    // ---- bounds

    @Test
    void whoTakesNothing_isSentSoMuchAndNoMore_andHarmsNobodyElse() {
        ConnectedPeer client = client();
        ConnectedPeer slow = member();
        ConnectedPeer quick = member();
        client.send(slow, new Call(0, request(1, 1)));
        fixture.await("the connection", () -> !slow.received().isEmpty());
        slow.process().pause();

        int accepted = 0;
        // What lies in the sockets' own buffers does not count.
        while (client.send(slow, new Call(0, request(2L + accepted, MEBIBYTE)))) {
            accepted++;
            assertThat(accepted).isLessThan(2 * Transport.MAX_WAITING_BYTES / MEBIBYTE);
            if (accepted % 8 == 0) {
                fixture.settle();
            }
        }
        int taken = accepted;
        assertThat(taken).isGreaterThan(Transport.MAX_WAITING_BYTES / MEBIBYTE / 2);
        client.send(quick, new Call(0, request(1, 1)));
        fixture.await("others", () -> !quick.received().isEmpty());

        slow.process().resume();

        fixture.await("what was taken", () -> slow.received().size() == 1 + taken);
        fixture.await("room", () -> client.send(slow, new Call(0, request(2L + taken, 1))));
        assertThat(client.disconnected()).isEmpty();
    }
}
