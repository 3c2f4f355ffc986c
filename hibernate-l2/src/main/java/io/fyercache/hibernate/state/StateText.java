package io.fyercache.hibernate.state;

import java.util.TreeMap;
import org.hibernate.Version;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.MappingMetamodel;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.BasicPluralType;
import org.hibernate.type.BasicType;
import org.hibernate.type.CollectionType;
import org.hibernate.type.CompositeType;
import org.hibernate.type.CustomType;
import org.hibernate.type.EntityType;
import org.hibernate.type.Type;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.hibernate.type.descriptor.converter.spi.JpaAttributeConverter;
import org.jspecify.annotations.Nullable;

/**
 * What states depend on, written down: the line of Hibernate, how it keeps states, and the names, types and columns of attributes, in their order. Processes that read each other's
 * states rightly write the same; so nothing of a process's own is in it, such as the numbers in the names that Hibernate gives to some types.
 *
 * <p>Used by one thread.
 */
final class StateText {
    private final MappingMetamodel model;
    private final StringBuilder text = new StringBuilder();

    /** Begins the text of a session factory that is complete. */
    StateText(SessionFactoryImplementor factory) {
        this.model = factory.getMappingMetamodel();
        text.append("Hibernate ").append(line(Version.getVersionString()));
        if (factory.getSessionFactoryOptions().isStructuredCacheEntriesEnabled()) {
            text.append(" structured");
        }
        text.append('\n');
    }

    /** Returns the line that a version is of: it up to its second dot. */
    private static String line(String version) {
        int end = version.indexOf('.', version.indexOf('.') + 1);
        return end < 0 ? version : version.substring(0, end);
    }

    /** Adds all entities below a root, and itself. */
    StateText hierarchy(String root) {
        TreeMap<String, EntityPersister> entities = new TreeMap<>();
        model.forEachEntityDescriptor(entity -> {
            if (entity.getRootEntityName().equals(root)) {
                entities.put(entity.getEntityName(), entity);
            }
        });
        entities.values().forEach(this::entity);
        return this;
    }

    /** Adds the parts of a natural id, and the identifier that it stands for. */
    StateText naturalId(String root) {
        EntityPersister entity = model.getEntityDescriptor(root);
        text.append("natural id of ").append(root).append(" for ");
        type(entity.getIdentifierType());
        for (int property : entity.getNaturalIdentifierProperties()) {
            attribute(entity, property);
        }
        return this;
    }

    /** Adds a collection. */
    StateText collection(String role) {
        collection(model.getCollectionDescriptor(role));
        return this;
    }

    /** Adds all entities and collections. */
    StateText model() {
        TreeMap<String, EntityPersister> entities = new TreeMap<>();
        model.forEachEntityDescriptor(entity -> entities.put(entity.getEntityName(), entity));
        entities.values().forEach(this::entity);
        TreeMap<String, CollectionPersister> collections = new TreeMap<>();
        model.forEachCollectionDescriptor(collection -> collections.put(collection.getRole(), collection));
        collections.values().forEach(this::collection);
        return this;
    }

    private void entity(EntityPersister entity) {
        text.append("entity ").append(entity.getEntityName()).append(" by ");
        type(entity.getIdentifierType());
        boolean lazyOnesKept = entity.isLazyPropertiesCacheable();
        for (int property = 0; property < entity.getPropertyNames().length; property++) {
            attribute(entity, property);
            if (entity.getPropertyLaziness()[property] && !lazyOnesKept) {
                text.append(" not kept");
            }
        }
        text.append('\n');
    }

    private void attribute(EntityPersister entity, int property) {
        String name = entity.getPropertyNames()[property];
        attribute(name, entity.getPropertyTypes()[property]);
        AttributeMapping mapping = entity.findAttributeMapping(name);
        if (mapping != null) {
            columns(mapping);
        }
    }

    /** Adds where a value is from: a column that has taken the place of another one may have something else. */
    private void columns(ModelPart value) {
        value.forEachSelectable((position, column) -> text.append(' ').append(column.getSelectionExpression()));
    }

    // Hibernate 7.4 has nothing else that says how the elements of a collection are taken apart.
    @SuppressWarnings("removal")
    private void collection(CollectionPersister collection) {
        text.append("collection ")
                .append(collection.getRole())
                .append(' ')
                .append(collection.getCollectionType().getClass().getName());
        attribute("key", collection.getKeyType());
        attribute("identifier", collection.getIdentifierType());
        attribute("index", collection.getIndexType());
        attribute("element", collection.getElementType());
        columns(collection.getAttributeMapping().getElementDescriptor());
        text.append('\n');
    }

    private void attribute(String name, @Nullable Type type) {
        text.append("\n  ").append(name).append(": ");
        type(type);
    }

    /** Adds a type; null where there is none, such as of the index of a set. */
    private void type(@Nullable Type type) {
        if (type == null) {
            text.append("none");
        } else if (type instanceof CompositeType composite) {
            composite(composite);
        } else if (type instanceof EntityType association) {
            // Kept as the identifier of what it refers to.
            String name = association.getAssociatedEntityName();
            text.append("entity ").append(name).append(" by ");
            type(model.getEntityDescriptor(name).getIdentifierType());
        } else if (type instanceof CollectionType) {
            // Kept as its key. Its elements are an entry of their own.
            text.append("collection");
        } else if (type instanceof BasicPluralType<?, ?> plural) {
            basic(plural);
            text.append(" of ");
            type(plural.getElementType());
        } else if (type instanceof BasicType<?> basic) {
            basic(basic);
        } else {
            text.append(type.getClass().getName())
                    .append(' ')
                    .append(type.getReturnedClass().getName());
        }
    }

    private void composite(CompositeType composite) {
        text.append('(');
        String[] names = composite.getPropertyNames();
        for (int i = 0; i < names.length; i++) {
            attribute(names[i], composite.getSubtypes()[i]);
        }
        text.append(')');
    }

    private void basic(BasicType<?> basic) {
        text.append(basic.getReturnedClass().getName())
                .append(' ')
                .append(basic.getJdbcType().getDefaultSqlTypeCode());
        if (basic instanceof CustomType<?> custom) {
            text.append(' ').append(custom.getUserType().getClass().getName());
        }
        BasicValueConverter<?, ?> converter = basic.getValueConverter();
        if (converter instanceof JpaAttributeConverter<?, ?> ofTheApplication) {
            text.append(' ')
                    .append(ofTheApplication
                            .getConverterJavaType()
                            .getJavaTypeClass()
                            .getName());
        } else if (converter != null) {
            text.append(' ').append(converter.getClass().getName());
        }
    }

    /** Returns what was added so far. */
    @Override
    public String toString() {
        return text.toString();
    }
}
