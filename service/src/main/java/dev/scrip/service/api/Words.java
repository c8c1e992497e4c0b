package dev.scrip.service.api;

import dev.scrip.ledger.AccountStatus;
import dev.scrip.ledger.Command;
import dev.scrip.ledger.Fact;
import dev.scrip.ledger.GrantCategory;
import dev.scrip.ledger.GrantOrigin;
import dev.scrip.ledger.Limit;
import dev.scrip.ledger.Overage;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// How the API names what the code names otherwise.
final class Words {

    /// In the order in which they are burned when all else is equal.
    static final List<String> GRANT_CATEGORIES =
            List.of(of(GrantCategory.PROMOTIONAL), of(GrantCategory.PLAN), of(GrantCategory.PAID));

    static final List<String> ACCOUNT_STATUSES =
            Stream.of(AccountStatus.values()).map(Words::of).toList();

    static final List<String> OVERAGE_MODES = List.of("refuse", "limited", "unlimited");

    static final List<String> PAYMENTS =
            Stream.of(Overage.Payment.values()).map(Words::of).toList();

    static final List<String> PLAN_CHANGE_TIMES =
            Stream.of(Command.PlanChangeTime.values())
                    .map(time -> time.name().toLowerCase(Locale.ROOT))
                    .toList();

    static final List<String> LIMIT_WINDOWS =
            Stream.of(Limit.Window.values()).map(Words::of).toList();

    private Words() {}

    static String of(AccountStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    static String of(Overage overage) {
        return overage.isUnlimited()
                ? "unlimited"
                : overage.limit().isZero() ? "refuse" : "limited";
    }

    static String of(Overage.Payment payment) {
        return payment.name().toLowerCase(Locale.ROOT);
    }

    static Overage.Payment payment(String word) {
        return Overage.Payment.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static String of(Limit.Window window) {
        return window.name().toLowerCase(Locale.ROOT);
    }

    static Command.PlanChangeTime planChangeTime(String word) {
        return Command.PlanChangeTime.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static Limit.Window limitWindow(String word) {
        return Limit.Window.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static String of(GrantOrigin.Kind origin) {
        return origin.name().toLowerCase(Locale.ROOT);
    }

    static AccountStatus accountStatus(String word) {
        return AccountStatus.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static String of(Fact.ReleaseReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    static String of(GrantCategory category) {
        return category.name().toLowerCase(Locale.ROOT);
    }

    static GrantCategory grantCategory(String word) {
        return GrantCategory.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
