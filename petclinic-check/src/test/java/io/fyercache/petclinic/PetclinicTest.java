package io.fyercache.petclinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The clinic finds what is in its database, and asks for it once, whichever way its cache is wired. */
@ParameterizedClass
@MethodSource("io.fyercache.petclinic.Wiring#all")
class PetclinicTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    private final OpenClinic open;
    private final Clinic clinic;

    PetclinicTest(Wiring wiring) {
        this.open = wiring.open();
        this.clinic = open.clinic();
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void record_isReadFromTheDatabaseOnce() {
        long owner = clinic.register("Ada", "Bern", "Leo", "Max");
        clinic.visit(owner, MONDAY, "vaccination");

        assertThat(clinic.record(owner)).containsExactly("Leo [2026-11-23]", "Max [2026-11-23]");
        assertThat(open.statementsOf(() -> clinic.record(owner))).isZero();
    }

    @Test
    void change_isFound_withoutAStatement() {
        long owner = clinic.register("Ada", "Bern");
        assertThat(clinic.town(owner)).isEqualTo("Bern");

        clinic.move(owner, "Basel");

        assertThat(open.statementsOf(() -> assertThat(clinic.town(owner)).isEqualTo("Basel")))
                .isZero();
    }

    @Test
    void changeThatFails_isNotFound() {
        long owner = clinic.register("Ada", "Bern");
        assertThat(clinic.town(owner)).isEqualTo("Bern");

        assertThatThrownBy(() -> clinic.moveAndFail(owner, "Basel")).hasMessageContaining("by mistake");

        assertThat(clinic.town(owner)).isEqualTo("Bern");
    }

    @Test
    void newPet_isInTheRecord() {
        long owner = clinic.register("Ada", "Bern", "Max");
        assertThat(clinic.record(owner)).containsExactly("Max []");

        clinic.buy(owner, "Leo");

        assertThat(clinic.record(owner)).containsExactly("Leo []", "Max []");
    }

    @Test
    void ownerWhoIsForgotten_isNotFound() {
        long owner = clinic.register("Ada", "Bern", "Max");
        clinic.record(owner);

        clinic.forget(owner);

        assertThatThrownBy(() -> clinic.record(owner)).hasMessageContaining("No value present");
    }

    @Test
    void listOfVets_isAskedForOnce_andAgainWhenThereIsANewOne() {
        clinic.employ("Grace");
        assertThat(clinic.vets()).containsExactly("Grace");
        assertThat(open.statementsOf(clinic::vets)).isZero();

        clinic.employ("Barbara");

        assertThat(clinic.vets()).containsExactly("Barbara", "Grace");
    }
}
