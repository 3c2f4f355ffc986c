package io.fyercache.jdbc.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "name, name",
        "familyName, family_name",
        "homeURL, home_url",
        "URLPath, url_path",
        "line2, line2",
        "line2Text, line2_text",
        "x, x",
        "aB, a_b"
    })
    void snakeCase_splitsAtHumps(String component, String column) {
        assertThat(ColumnNaming.SNAKE_CASE.columnOf(component)).isEqualTo(column);
        assertThat(ColumnNaming.AS_IS.columnOf(component)).isEqualTo(component);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            value = {
                "person, person, FOLDED",
                "_p$1, _p$1, FOLDED",
                "\"person\", person, EXACT",
                "\"a\"\"b\", a\"b, EXACT",
                "we\"ird, we\"ird, EXACT",
                "two words, two words, EXACT",
                "1st, 1st, EXACT",
                "größe, größe, EXACT",
                "x;drop, x;drop, EXACT"
            })
    void identifier_isReadAsInSql(String written, String name, Identifier.Spelling spelling) {
        assertThat(Identifier.parse(written)).isEqualTo(new Identifier(name, spelling));
        assertThat(Identifier.parse(Identifier.parse(written).toString())).isEqualTo(Identifier.parse(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "\"\"", "\"a", "\"a\"b\"", "\"a\"\"", "nul\0"})
    void identifier_malformed_isRefused(String written) {
        assertThatThrownBy(() -> Identifier.parse(written)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            value = {
                "person, 1, person",
                "app.person, 2, person",
                "c.app.\"Person\", 3, Person",
                "\"a.b\".\"c\"\".d\", 2, c\".d",
                "app.we\"ird, 2, we\"ird"
            })
    void tableName_dotsSeparateOutsideQuotes(String written, int parts, String last) {
        TableName name = TableName.parse(written);
        assertThat(name.path()).hasSize(parts);
        assertThat(name.path().get(parts - 1).name()).isEqualTo(last);
        assertThat(TableName.parse(name.toString())).isEqualTo(name);
    }

    @Test
    void foldedNames_agreeWhateverTheirCase() {
        assertThat(Identifier.parse("Id").sameAs(Identifier.parse("ID"))).isTrue();
        assertThat(Identifier.parse("\"Id\"").sameAs(Identifier.parse("\"ID\"")))
                .isFalse();
    }
}
