package io.fyercache.hibernate.enhanced;

import jakarta.persistence.Basic;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** READ_WRITE, with an attribute that is lazy if the class is enhanced. */
@Entity(name = "Letter")
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
class Letter implements Titled {
    // Hibernate reads it.
    @SuppressWarnings("UnusedVariable")
    @Id
    private long id;

    private String title;

    @Basic(fetch = FetchType.LAZY)
    private String text;

    Letter() {}

    Letter(long id, String title, String text) {
        this.id = id;
        this.title = title;
        this.text = text;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public void retitle(String newTitle) {
        title = newTitle;
    }

    @Override
    public String text() {
        return text;
    }
}
