package io.fyercache.hibernate.enhanced;

/** An entity, for those who must not load its class. */
public interface Titled {

    String title();

    void retitle(String newTitle);

    /** Lazy: loaded when it is asked for. */
    String text();
}
