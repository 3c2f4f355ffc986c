package io.fyercache.sharded.topology;

/**
 * The reign of one controller. A change of the table is made under the epoch of the controller that decided it, and is
 * refused once there is a later one, which is what makes a deposed controller harmless.
 *
 * @param number at least 0; grows with each election. In ZooKeeper it is the version of the znode {@code /ctl}.
 */
public record ControllerEpoch(int number) implements Comparable<ControllerEpoch> {
    /** Checks the number. */
    public ControllerEpoch {
        Expected.atLeast("controller epoch", number, 0);
    }

    @Override
    public int compareTo(ControllerEpoch other) {
        return Integer.compare(number, other.number);
    }
}
