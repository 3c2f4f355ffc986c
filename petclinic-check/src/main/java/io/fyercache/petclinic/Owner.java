package io.fyercache.petclinic;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** Somebody with pets. */
@Entity
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Owner {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String name;

    private String town;

    // Hibernate reads it.
    @SuppressWarnings("UnusedVariable")
    @Version
    private int version;

    @OneToMany(mappedBy = "owner", cascade = CascadeType.ALL)
    @OrderBy("name")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private List<Pet> pets = new ArrayList<>();

    /** For Hibernate. */
    // Hibernate sets the fields.
    @SuppressWarnings("NullAway.Init")
    protected Owner() {}

    // The database gives the identifier.
    @SuppressWarnings("NullAway.Init")
    public Owner(String name, String town) {
        this.name = name;
        this.town = town;
    }

    public Long getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public String getTown() {
        return town;
    }

    public void moveTo(String newTown) {
        town = newTown;
    }

    public List<Pet> getPets() {
        return pets;
    }

    /** Adds a pet to those that this owner has. */
    public Pet buys(String nameOfPet) {
        Pet pet = new Pet(nameOfPet, this);
        pets.add(pet);
        return pet;
    }
}
