package dev.scrip.service.api;

import dev.scrip.ledger.GrantCategory;
import java.util.List;
import java.util.Locale;

/// How the API names what the code names otherwise.
final class Words {

    /// In the order in which they are burned when all else is equal.
    static final List<String> GRANT_CATEGORIES =
            List.of(of(GrantCategory.PROMOTIONAL), of(GrantCategory.PLAN), of(GrantCategory.PAID));

    private Words() {}

    static String of(GrantCategory category) {
        return category.name().toLowerCase(Locale.ROOT);
    }

    static GrantCategory grantCategory(String word) {
        return GrantCategory.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
