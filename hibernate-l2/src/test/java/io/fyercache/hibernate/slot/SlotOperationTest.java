package io.fyercache.hibernate.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.hibernate.slot.SlotOperation.DropItem;
import io.fyercache.hibernate.slot.SlotOperation.EndHold;
import io.fyercache.hibernate.slot.SlotOperation.OfferInserted;
import io.fyercache.hibernate.slot.SlotOperation.OfferLoaded;
import io.fyercache.hibernate.slot.SlotOperation.TakeHold;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SlotOperationTest {
    private static final UUID HERE = new UUID(1, 1);
    private static final long TIMEOUT = 1000;
    private static final long OURS = 7;
    private static final long OTHERS = 8;
    private static final Hold.Name FIRST = new Hold.Name(HERE, 1);
    private static final Hold.Name SECOND = new Hold.Name(HERE, 2);

    private static Slot after(SlotOperation operation, Slot present) {
        return operation.decide(present, RecentChanges.NEVER);
    }

    private static CachedItem item(Object version, long timestamp) {
        return new CachedItem("value of " + version, version, timestamp, OURS);
    }

    private static CachedItem itemOfOthers(Object version, long timestamp) {
        return new CachedItem("value of " + version + " in another form", version, timestamp, OTHERS);
    }

    private static OfferLoaded load(Object version, long from) {
        return new OfferLoaded(item(version, from), from);
    }

    private static TakeHold take(Hold.Name name, Object version, long now) {
        return new TakeHold(new Hold(name, now + TIMEOUT), version, now);
    }

    private static EndHold commit(Hold.Name name, Object version, long now) {
        return new EndHold(name, now, item(version, now));
    }

    private static EndHold rollBack(Hold.Name name, long now) {
        return new EndHold(name, now, null);
    }

    @Test
    void load_freeKey_isKept() {
        assertThat(after(load(1, 10), null)).isEqualTo(item(1, 10));
    }

    @Test
    void load_freeKeyThatWasChangedSinceItBegan_isRefused() {
        assertThat(load(1, 10).decide(null, 10)).isNull();
        assertThat(load(1, 11).decide(null, 10)).isNotNull();
    }

    @Test
    void load_newerVersionThanTheItems_replacesIt() {
        assertThat(after(load(2, 5), item(1, 10))).isEqualTo(item(2, 10));
    }

    @Test
    void load_sameOrOlderOrNoVersion_leavesTheItem() {
        Slot present = item(2, 10);

        assertThat(after(load(2, 20), present)).isSameAs(present);
        assertThat(after(load(1, 20), present)).isSameAs(present);
        assertThat(after(load(null, 20), item(null, 10))).isEqualTo(item(null, 10));
    }

    @Test
    void load_ofTheSameVersion_replacesAnItemOfAnotherFingerprint_ifItBeganLater() {
        Slot present = itemOfOthers(2, 10);

        assertThat(after(load(2, 10), present)).isSameAs(present);
        assertThat(after(load(2, 11), present)).isEqualTo(item(2, 11));
    }

    @Test
    void load_withoutVersions_replacesAnItemOfAnotherFingerprint_ifItBeganLater() {
        Slot present = itemOfOthers(null, 10);

        assertThat(after(load(null, 10), present)).isSameAs(present);
        assertThat(after(load(null, 11), present)).isEqualTo(item(null, 11));
    }

    /** The first version of the class had no versions. */
    @Test
    void load_withAVersion_replacesAnItemOfAnotherFingerprint_thatHasNone() {
        assertThat(after(load(1, 11), itemOfOthers(null, 10))).isEqualTo(item(1, 11));
    }

    /** An item that was kept for its version may have been loaded by a session that began before the change. */
    @Test
    void load_ofAnOlderVersion_leavesAnItemOfAnotherFingerprint_thoughItBeganLater() {
        Slot present = itemOfOthers(2, 10);

        assertThat(after(load(1, 20), present)).isSameAs(present);
        assertThat(after(load(null, 20), present)).isSameAs(present);
        assertThat(after(load(2L, 20), present)).isSameAs(present);
    }

    @Test
    void load_ofAnotherFingerprint_isRefusedByLocksAndByWhatTheyLeave() {
        OfferLoaded others = new OfferLoaded(itemOfOthers(1, 120), 120);
        Slot locked = after(take(FIRST, 1, 100), item(1, 10));
        Slot released = after(rollBack(FIRST, 150), locked);

        assertThat(after(others, locked)).isSameAs(locked);
        assertThat(after(others, released)).isSameAs(released);
    }

    @Test
    void lock_onAnItemOfAnotherFingerprint_keepsItsVersion() {
        Slot released = after(rollBack(FIRST, 150), after(take(FIRST, null, 100), itemOfOthers(3, 10)));

        assertThat(released).isEqualTo(new ReleasedKey(150, 3));
    }

    @Test
    void load_lockedKey_isRefusedUntilTheHoldIsOverAndNoSooner() {
        Slot locked = after(take(FIRST, 1, 100), item(1, 10));

        assertThat(after(load(2, 100 + TIMEOUT), locked)).isSameAs(locked);
        assertThat(after(load(2, 101 + TIMEOUT), locked)).isEqualTo(item(2, 101 + TIMEOUT));
    }

    @Test
    void commit_ofTheOnlyHold_leavesWhatItCommitted() {
        Slot locked = after(take(FIRST, 1, 100), item(1, 10));

        assertThat(after(commit(FIRST, 2, 150), locked)).isEqualTo(item(2, 150));
    }

    @Test
    void rollBack_refusesOlderLoads_andKeepsLaterOnesOfTheSameVersion() {
        Slot released = after(rollBack(FIRST, 150), after(take(FIRST, 1, 100), item(1, 10)));

        assertThat(after(load(1, 150), released)).isSameAs(released);
        assertThat(after(load(1, 151), released)).isEqualTo(item(1, 151));
    }

    @Test
    void load_begunBeforeTheRelease_isKeptIfItHasFoundTheNewVersion() {
        Slot released = after(rollBack(FIRST, 150), after(take(FIRST, 1, 100), item(1, 10)));

        assertThat(after(load(2, 140), released)).isEqualTo(item(2, 150));
    }

    @Test
    void commits_ofTwoHolds_leaveNoEntry_becauseNobodyKnowsTheOrder() {
        Slot locked = after(take(SECOND, 2, 110), after(take(FIRST, 1, 100), null));

        Slot one = after(commit(SECOND, 3, 120), locked);
        Slot none = after(commit(FIRST, 2, 130), one);

        assertThat(one).isInstanceOf(LockedKey.class);
        assertThat(none).isEqualTo(new ReleasedKey(130, 2));
    }

    /** The second transaction has found version 2 and written version 3: a load of version 2 is stale, though newer than what the first found. */
    @Test
    void load_ofAVersionThatALaterHolderFound_isRefused() {
        Slot locked = after(take(SECOND, 2, 110), after(take(FIRST, 1, 100), null));
        Slot released = after(commit(SECOND, 3, 130), after(commit(FIRST, 2, 120), locked));

        assertThat(after(load(2, 115), released)).isSameAs(released);
        assertThat(after(load(3, 115), released)).isEqualTo(item(3, 130));
    }

    /** The first transaction is over at 120 and says so last; a load that began at 125 may have missed what the second one committed at 130. */
    @Test
    void load_begunBeforeACommitThatWasToldOfEarlier_isRefused() {
        Slot locked = after(take(SECOND, null, 110), after(take(FIRST, null, 100), null));
        Slot released = after(commit(FIRST, null, 120), after(commit(SECOND, null, 130), locked));

        assertThat(released).isEqualTo(new ReleasedKey(130, null));
        assertThat(after(load(null, 125), released)).isSameAs(released);
        assertThat(after(load(null, 131), released)).isEqualTo(item(null, 131));
    }

    @Test
    void commit_toldOfAfterALaterOne_whoseEntryIsThere_leavesProofAgainstLoadsThatMissedTheLater() {
        Slot later = after(commit(SECOND, null, 130), after(take(SECOND, null, 110), null));

        assertThat(after(commit(FIRST, null, 120), later)).isEqualTo(new ReleasedKey(130, null));
    }

    @Test
    void commit_toldOfAfterALaterOne_whoseEntryWasEvicted_leavesProofAgainstLoadsThatMissedTheLater() {
        assertThat(commit(FIRST, null, 120).decide(null, 130)).isEqualTo(new ReleasedKey(130, null));

        Slot locked = take(FIRST, null, 110).decide(null, 130);
        assertThat(after(commit(FIRST, null, 120), locked)).isEqualTo(item(null, 130));
        assertThat(after(rollBack(FIRST, 120), locked)).isEqualTo(new ReleasedKey(130, null));
    }

    @Test
    void lock_onWhatAChangeHasLeft_knowsOfThatChange() {
        Slot locked = after(take(FIRST, null, 140), new ReleasedKey(150, null));

        assertThat(after(rollBack(FIRST, 145), locked)).isEqualTo(new ReleasedKey(150, null));
    }

    /** One transaction after the other keeps locking the key; the hold of a process that is gone must not live on with theirs. */
    @Test
    void holdOfAProcessThatIsGone_endsByItself_thoughOthersCome() {
        Slot slot = after(take(FIRST, 1, 0), null);
        Hold.Name next = SECOND;
        for (long now = 100; now <= TIMEOUT; now += 100) {
            slot = after(take(next, 1, now), slot);
            slot = after(commit(next, 2, now + 50), slot);
            next = new Hold.Name(HERE, next.number() + 1);
        }

        assertThat(slot).isInstanceOf(ReleasedKey.class);
        slot = after(take(next, 2, 2 * TIMEOUT), slot);
        assertThat(after(commit(next, 3, 2 * TIMEOUT + 1), slot)).isEqualTo(item(3, 2 * TIMEOUT + 1));
    }

    @Test
    void commit_afterItsHoldWasTakenForDead_takesAwayWhatWasLoadedMeanwhile() {
        Slot locked = after(take(FIRST, 1, 0), null);
        Slot loaded = after(load(1, TIMEOUT + 1), locked);

        assertThat(after(commit(FIRST, 2, TIMEOUT + 50), loaded)).isEqualTo(new ReleasedKey(TIMEOUT + 50, 1));
    }

    @Test
    void commit_lockThatWasEvicted_leavesProofAgainstOlderLoads() {
        Slot released = after(commit(FIRST, 2, 150), null);

        assertThat(released).isEqualTo(new ReleasedKey(150, null));
        assertThat(after(load(1, 150), released)).isSameAs(released);
    }

    @Test
    void holdsBeyondTheMaximum_sealTheKeyUntilTheirDeadline() {
        Slot slot = null;
        for (int i = 1; i <= LockedKey.MAX_HOLDS + 1; i++) {
            slot = after(take(new Hold.Name(HERE, i), 1, i), slot);
        }
        for (int i = 1; i <= LockedKey.MAX_HOLDS + 1; i++) {
            slot = after(commit(new Hold.Name(HERE, i), 2, 500), slot);
        }
        long deadline = LockedKey.MAX_HOLDS + 1 + TIMEOUT;

        assertThat(slot)
                .isInstanceOfSatisfying(
                        LockedKey.class, locked -> assertThat(locked.holds()).isEmpty());
        assertThat(after(load(2, deadline), slot)).isSameAs(slot);
        assertThat(after(load(2, deadline + 1), slot)).isInstanceOf(CachedItem.class);
    }

    @Test
    void insert_takesAFreeKeyOnly() {
        Slot released = new ReleasedKey(5, null);

        assertThat(after(new OfferInserted(item(0, 20), 10), null)).isEqualTo(item(0, 20));
        assertThat(after(new OfferInserted(item(0, 20), 10), released)).isSameAs(released);
        assertThat(new OfferInserted(item(0, 20), 10).decide(null, 15)).isNull();
    }

    @Test
    void drop_takesAnItemAway_andLeavesALock() {
        Slot locked = after(take(FIRST, 1, 100), null);

        assertThat(after(new DropItem(), item(1, 10))).isNull();
        assertThat(after(new DropItem(), locked)).isSameAs(locked);
    }

    @Test
    void versions_ofBytes_areComparedAsUnsigned() {
        byte[] older = {0x7f};
        byte[] newer = {(byte) 0x80};

        assertThat(Versions.isNewer(newer, older)).isTrue();
        assertThat(Versions.isNewer(older, newer)).isFalse();
        assertThat(Versions.isNewer(1L, 2)).isFalse();
        assertThat(Versions.newest(null, 1)).isEqualTo(1);
    }

    @Test
    void item_isReadableByLaterSessionsOnly() {
        assertThat(item(1, 10).isReadableFrom(10)).isFalse();
        assertThat(item(1, 10).isReadableFrom(11)).isTrue();
    }

    @Test
    void recentChanges_keepTheLatestOfAKey_andOfAll() {
        RecentChanges changes = new RecentChanges();
        assertThat(changes.latestOf("a")).isEqualTo(RecentChanges.NEVER);

        changes.note("a", 7);
        changes.note("a", 5);
        assertThat(changes.latestOf("a")).isEqualTo(7);

        changes.noteAll(9);
        assertThat(changes.latestOf("a")).isEqualTo(9);
        assertThat(changes.latestOf("b")).isEqualTo(9);
    }

    @Test
    void insert_findsAnItemFromBeforeItBegan_removesIt_andLeavesLaterOnes() {
        OfferInserted insert = new OfferInserted(item(0, 20), 10);
        Slot later = item(3, 10);

        assertThat(after(insert, item(7, 9))).isNull();
        assertThat(after(insert, later)).isSameAs(later);
    }
}
