package io.fyercache.jpa;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;

/** A row whose id is two columns, embedded. */
@Entity
class Line implements Serializable {
    @EmbeddedId
    Place place;

    String text;

    protected Line() {}

    Line(Place place, String text) {
        this.place = place;
        this.text = text;
    }

    /** The columns of the id. */
    @Embeddable
    record Place(long page, int number) implements Serializable {}

    /** The same with an id of two attributes. */
    @Entity(name = "Note")
    @IdClass(Note.Key.class)
    static class Note implements Serializable {
        @Id
        long page;

        @Id
        int number;

        String text;

        protected Note() {}

        Note(long page, int number, String text) {
            this.page = page;
            this.number = number;
            this.text = text;
        }

        /** The attributes of the id. */
        record Key(long page, int number) implements Serializable {}
    }
}
