package io.fyercache.core.bus;

/**
 * Who is told what comes by a bus. The bus calls it on one thread at a time, and waits for its return; it neither blocks nor throws.
 */
public interface BusListener {

    /**
     * Takes a message. It may be anything: a topic is open to others.
     *
     * @param message nobody changes it afterwards
     */
    void received(byte[] message);

    /**
     * Says that messages may have been published that will not come: the subscription has just begun, or begun anew, or the bus has dropped some.
     * What is published after this call began will come.
     */
    void mayHaveMissed();
}
