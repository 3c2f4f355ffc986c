package io.fyercache.zookeeper.turn;

/** Whose place it is. Is told on the thread of the places. */
public interface PlaceHolder {

    /**
     * It is its turn. Told once.
     *
     * @param token greater than that of every place before, whichever session it was of
     * @param deadlineNanos by the clock of the places, until when it is certain that nobody else's turn comes, unless it is confirmed
     */
    void granted(long token, long deadlineNanos);

    /** What was granted is certain until later. */
    void confirmed(long deadlineNanos);

    /** What was granted is not certain any more, and is being given up. Nothing else is told. */
    void lost();

    /**
     * It will not be granted. Nothing else is told.
     *
     * @param why for people: what was found, what was expected, and what can be done
     */
    void refused(String why);
}
