package dev.scrip.pricing;

import java.math.BigDecimal;
import java.math.MathContext;

/// What someone else asks for the same call.
public sealed interface Competitor {

    String name();

    /// @param price of one call, greater than 0, in the price book's currency
    record PerCall(String name, BigDecimal price) implements Competitor {

        public PerCall {
            positive(name, "price", price);
        }
    }

    /// @param pricePerCredit what one credit of theirs costs
    record PerCredit(String name, BigDecimal credits, BigDecimal pricePerCredit)
            implements Competitor {

        public PerCredit {
            positive(name, "credits", credits);
            positive(name, "price per credit", pricePerCredit);
        }
    }

    /// Their credits alone: comparable as long as a credit of theirs costs about what ours does.
    record CreditsOnly(String name, BigDecimal credits) implements Competitor {

        public CreditsOnly {
            positive(name, "credits", credits);
        }
    }

    /// How many times theirs our price for a call is.
    default BigDecimal ratio(Credits ours, Money creditPrice) {
        var price = creditPrice.toBigDecimal().multiply(ours.toBigDecimal());
        return switch (this) {
            case PerCall(_, var theirs) -> price.divide(theirs, MathContext.DECIMAL128);
            case PerCredit(_, var credits, var theirs) ->
                    price.divide(credits.multiply(theirs), MathContext.DECIMAL128);
            case CreditsOnly(_, var credits) ->
                    ours.toBigDecimal().divide(credits, MathContext.DECIMAL128);
        };
    }

    private static void positive(String name, String what, BigDecimal value) {
        if (value.signum() <= 0) {
            throw new IllegalArgumentException(
                    "The "
                            + what
                            + " ("
                            + value
                            + ") of competitor ("
                            + name
                            + ") must be greater than 0.");
        }
    }
}
