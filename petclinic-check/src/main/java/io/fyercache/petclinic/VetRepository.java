package io.fyercache.petclinic;

import jakarta.persistence.QueryHint;
import java.util.List;
import org.hibernate.jpa.HibernateHints;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.QueryHints;

/** The vets in the database; the list of all is cached. */
public interface VetRepository extends JpaRepository<Vet, Long> {
    @QueryHints(@QueryHint(name = HibernateHints.HINT_CACHEABLE, value = "true"))
    List<Vet> findAllByOrderByName();
}
