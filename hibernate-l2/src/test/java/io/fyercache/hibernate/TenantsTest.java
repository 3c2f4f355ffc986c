package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.hibernate.model.Note;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.junit.jupiter.api.Test;

/** What one tenant has cached, another does not find. */
class TenantsTest {
    /** Every session names its tenant. */
    private static final class NoCurrentTenant implements CurrentTenantIdentifierResolver<String> {
        @Override
        public String resolveCurrentTenantIdentifier() {
            return "nobody";
        }

        @Override
        public boolean validateExistingCurrentSessions() {
            return false;
        }
    }

    private static Session sessionOf(CachedDatabase database, String tenant) {
        SessionFactory factory = database.factory();
        return factory.withOptions().tenantIdentifier((Object) tenant).openSession();
    }

    @Test
    void find_ofAnotherTenant_findsNothing_thoughTheIdentifierIsTheSame() {
        try (CachedDatabase database = CachedDatabase.open(
                Map.of("hibernate.tenant_identifier_resolver", new NoCurrentTenant()), List.of(Note.class))) {
            try (Session acme = sessionOf(database, "acme")) {
                acme.beginTransaction();
                acme.persist(new Note(1, "acme's"));
                acme.getTransaction().commit();
            }

            try (Session other = sessionOf(database, "other")) {
                assertThat(other.find(Note.class, 1)).isNull();
            }
            long before = database.statistics().getPrepareStatementCount();
            try (Session acme = sessionOf(database, "acme")) {
                assertThat(acme.find(Note.class, 1).text()).isEqualTo("acme's");
            }
            assertThat(database.statistics().getPrepareStatementCount()).isEqualTo(before);
        }
    }
}
