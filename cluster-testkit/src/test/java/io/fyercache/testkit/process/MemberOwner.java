package io.fyercache.testkit.process;

import java.net.URI;
import java.util.concurrent.CountDownLatch;

/** A process that starts a member and says which process that is, for a test that kills it. */
final class MemberOwner {
    private MemberOwner() {}

    public static void main(String[] arguments) throws InterruptedException {
        MemberProcess member = MemberProcess.start(URI.create(arguments[0]), "-Xmx128m");
        System.out.println(member.pid());
        new CountDownLatch(1).await();
    }
}
