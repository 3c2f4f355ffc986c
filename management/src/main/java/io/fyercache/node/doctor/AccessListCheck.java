package io.fyercache.node.doctor;

import io.fyercache.zookeeper.PlaceLook;

/** Whether a process may be at its cluster's place in ZooKeeper, and nobody else may change it. */
record AccessListCheck(PlaceLook look) implements Check {

    @Override
    public Finding examine() {
        String about = "chroot";
        return switch (look.state()) {
            case FOUND -> Finding.good(about, look.detail() + " is there, and may be used");
            case EMPTY ->
                Finding.good(
                        about, look.detail() + " is not there yet; the first member makes it, and founds the cluster");
            case NO_PARENT -> Finding.fault(about, look.detail(), "create the parent, or name another chroot");
            case UNREACHABLE -> Finding.fault(about, look.detail(), "see what was found of the servers");
            case NOT_PERMITTED ->
                Finding.fault(about, look.detail(), "compare userFile with that of the other processes");
            case OPEN_TO_EVERYBODY ->
                Finding.fault(
                        about,
                        look.detail(),
                        "choose another chroot, or remove this one: whatever is there proves nothing");
        };
    }
}
