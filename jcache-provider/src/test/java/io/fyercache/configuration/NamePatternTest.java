package io.fyercache.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NamePatternTest {

    /** Every text of up to four of these; names have no star. */
    private static final List<String> NAMES = texts("ab");

    private static final List<String> PATTERNS =
            texts("ab*").stream().filter(NamePattern::isPattern).toList();

    @Test
    void matches_everyShortPatternAndName_agreesWithRegularExpressions() {
        for (String pattern : PATTERNS) {
            Pattern expected = Pattern.compile(pattern.replace("*", ".*"));
            for (String name : NAMES) {
                assertThat(new NamePattern(pattern).matches(name))
                        .as("%s matches %s", pattern, name)
                        .isEqualTo(expected.matcher(name).matches());
            }
        }
    }

    @Test
    void isAmbiguousWith_everyPairWithASharedName_isWhatCountingThemSays() {
        // Two patterns of up to 3 characters that have a name in common have one of up to 4 characters.
        List<String> shortOnes =
                PATTERNS.stream().filter(pattern -> pattern.length() <= 3).toList();
        for (String one : shortOnes) {
            for (String other : shortOnes) {
                NamePattern first = new NamePattern(one);
                NamePattern second = new NamePattern(other);
                boolean expected = first.literalPrefix().equals(second.literalPrefix())
                        && NAMES.stream().anyMatch(name -> first.matches(name) && second.matches(name));
                assertThat(first.isAmbiguousWith(second))
                        .as("%s and %s", one, other)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void matches_charactersThatRegularExpressionsKnow_standForThemselves() {
        assertThat(new NamePattern("a.*(b)$").matches("a.x(b)$")).isTrue();
        assertThat(new NamePattern("a.*").matches("ax")).isFalse();
    }

    @Test
    void matches_manyStarsAgainstALongName_takesNoLongerThanTheirProduct() {
        // Backtracking would not come back from this one.
        String name = "a".repeat(2_000);

        assertThat(new NamePattern("a*".repeat(500) + "b").matches(name)).isFalse();
    }

    private static List<String> texts(String alphabet) {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < texts.size() && texts.get(i).length() < 4; i++) {
            for (int letter = 0; letter < alphabet.length(); letter++) {
                texts.add(texts.get(i) + alphabet.charAt(letter));
            }
        }
        return texts;
    }
}
