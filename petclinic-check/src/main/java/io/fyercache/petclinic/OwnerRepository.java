package io.fyercache.petclinic;

import org.springframework.data.jpa.repository.JpaRepository;

/** The owners in the database. */
public interface OwnerRepository extends JpaRepository<Owner, Long> {}
