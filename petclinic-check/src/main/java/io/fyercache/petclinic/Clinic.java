package io.fyercache.petclinic;

import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the clinic does, each in a transaction. */
@Service
@Transactional
public class Clinic {
    private final OwnerRepository owners;
    private final VetRepository vets;

    Clinic(OwnerRepository owners, VetRepository vets) {
        this.owners = owners;
        this.vets = vets;
    }

    /** Welcomes somebody with pets; returns the owner's identifier. */
    public long register(String name, String town, String... pets) {
        Owner owner = new Owner(name, town);
        for (String pet : pets) {
            owner.buys(pet);
        }
        return owners.save(owner).getId();
    }

    /** Employs a vet. */
    public void employ(String name) {
        vets.save(new Vet(name));
    }

    /** Notes that an owner has moved. */
    public void move(long owner, String town) {
        owners.findById(owner).orElseThrow().moveTo(town);
    }

    /** Notes a move, and fails before its end. */
    public void moveAndFail(long owner, String town) {
        owners.findById(owner).orElseThrow().moveTo(town);
        owners.flush();
        throw new IllegalStateException("moved to " + town + " by mistake");
    }

    /** Notes that an owner has one pet more. */
    public void buy(long owner, String pet) {
        owners.findById(owner).orElseThrow().buys(pet);
    }

    /** Notes that all pets of an owner were there. */
    public void visit(long owner, LocalDate day, String reason) {
        owners.findById(owner).orElseThrow().getPets().forEach(pet -> pet.visits(day, reason));
    }

    /** Returns where an owner lives. */
    @Transactional(readOnly = true)
    public String town(long owner) {
        return owners.findById(owner).orElseThrow().getTown();
    }

    /** Returns the pets of an owner, each with the days of its visits. */
    @Transactional(readOnly = true)
    public List<String> record(long owner) {
        return owners.findById(owner).orElseThrow().getPets().stream()
                .map(pet -> pet.getName() + " "
                        + pet.getVisits().stream().map(Visit::getDay).toList())
                .toList();
    }

    /** Returns the names of all vets. */
    @Transactional(readOnly = true)
    public List<String> vets() {
        return vets.findAllByOrderByName().stream().map(Vet::getName).toList();
    }

    /** Takes an owner out of the files, with all pets. */
    public void forget(long owner) {
        owners.deleteById(owner);
    }
}
