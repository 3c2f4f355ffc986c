package io.fyercache.zookeeper.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TurnTest {
    private static final Claim PERMIT = Claim.permit(2);

    private final List<String> names = new ArrayList<>();

    private String place(Claim claim, int number) {
        String name = PlaceName.beginning(claim, UUID.randomUUID()) + String.format(Locale.ENGLISH, "%010d", number);
        names.add(0, name);
        return name;
    }

    private Turn turn(String name) {
        return Turn.of(PlaceName.read(name), names);
    }

    @Test
    void name_isReadAsItIsWritten() {
        UUID id = UUID.randomUUID();
        String text = PlaceName.beginning(PERMIT, id) + "0000000012";

        assertThat(PlaceName.read(text)).isEqualTo(new PlaceName(text, PERMIT, id.toString(), 12));
        assertThat(PlaceName.read("permit.0-" + id + "-0000000012")).isNull();
        assertThat(PlaceName.read("lock.1-" + id)).isNull();
        assertThat(PlaceName.read("anything")).isNull();
    }

    @Test
    void lock_waitsForTheOneBeforeAlone() {
        String first = place(Claim.LOCK, 1);
        String second = place(Claim.LOCK, 2);
        String third = place(Claim.LOCK, 5);

        assertThat(turn(first)).isEqualTo(new Turn.Now());
        assertThat(turn(second)).isEqualTo(new Turn.After(first));
        assertThat(turn(third)).isEqualTo(new Turn.After(second));
    }

    @Test
    void readers_waitForTheLastWriterBefore_andWritersForAll() {
        String one = place(Claim.READ, 1);
        String two = place(Claim.READ, 2);
        String writer = place(Claim.WRITE, 3);
        String three = place(Claim.READ, 4);
        String four = place(Claim.READ, 5);
        String last = place(Claim.WRITE, 6);

        assertThat(List.of(turn(one), turn(two))).containsOnly(new Turn.Now());
        assertThat(turn(writer)).isEqualTo(new Turn.After(two));
        assertThat(List.of(turn(three), turn(four))).containsOnly(new Turn.After(writer));
        assertThat(turn(last)).isEqualTo(new Turn.After(four));
    }

    @Test
    void permits_areForTheFirst_andTheFirstWhoWaitsLooksAtAll() {
        String one = place(PERMIT, 1);
        String two = place(PERMIT, 2);
        String three = place(PERMIT, 3);
        String four = place(PERMIT, 4);

        assertThat(List.of(turn(one), turn(two))).containsOnly(new Turn.Now());
        assertThat(turn(three)).isEqualTo(new Turn.AfterAny());
        assertThat(turn(four)).isEqualTo(new Turn.After(three));
    }

    @Test
    void numbersThatBeginAnew_areLater() {
        String before = place(Claim.LOCK, Integer.MAX_VALUE);
        String after = place(Claim.LOCK, Integer.MIN_VALUE);
        String later = place(Claim.LOCK, Integer.MIN_VALUE + 5);

        assertThat(turn(before)).isEqualTo(new Turn.Now());
        assertThat(turn(after)).isEqualTo(new Turn.After(before));
        assertThat(turn(later)).isEqualTo(new Turn.After(after));
    }

    @Test
    void nameInUseForSomethingElse_isAConflictForWhoComesLater() {
        String first = place(PERMIT, 1);
        String other = place(Claim.permit(3), 2);
        String lock = place(Claim.LOCK, 3);

        assertThat(turn(first)).isEqualTo(new Turn.Now());
        assertThat(turn(other)).isEqualTo(new Turn.Conflict(PERMIT));
        assertThat(turn(lock)).isInstanceOf(Turn.Conflict.class);
    }

    @Test
    void permits_areWithinBounds() {
        assertThatIllegalArgumentException().isThrownBy(() -> Claim.permit(0)).withMessageContaining("permits: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Claim.permit(1_025))
                .withMessageContaining("1..1024");
    }
}
