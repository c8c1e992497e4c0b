package dev.scrip.cli;

import dev.scrip.pricing.GlidePath;
import dev.scrip.pricing.GlidePath.DatedStep;
import dev.scrip.pricing.Prose;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What customers read before a step: what changes, when, why, and what they can do.
///
/// @param reason in the author's words; null leaves the place to fill in visible
/// @param steps all of the path, so that nobody is surprised by the next one
record GlideNotice(
        String operation,
        @Nullable String reason,
        GlidePath path,
        DatedStep step,
        List<DatedStep> steps) {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final BigDecimal MANY = new BigDecimal("1000");

    String subject() {
        return operation
                + ": "
                + figure(step.before())
                + " → "
                + credits(step.credits())
                + " a call from "
                + day(step.effective());
    }

    List<String> paragraphs() {
        var paragraphs = new ArrayList<String>();
        paragraphs.add(what());
        paragraphs.add(more());
        if (path.factor() != 1) {
            paragraphs.add(newCredits());
        }
        paragraphs.add("Why: " + (reason == null ? "[your reason]" : reason));
        paragraphs.add(whatTheyCanDo());
        return List.copyOf(paragraphs);
    }

    private String what() {
        var change =
                step.credits()
                        .divide(step.before(), MathContext.DECIMAL128)
                        .subtract(BigDecimal.ONE);
        return "What changes: from "
                + day(step.effective())
                + " a call of "
                + operation
                + " costs "
                + credits(step.credits())
                + " instead of "
                + figure(step.before())
                + ", "
                + GlideResult.percent(change.abs())
                + (change.signum() > 0 ? " more. " : " less. ")
                + "1,000 calls come to "
                + credits(step.credits().multiply(MANY))
                + " instead of "
                + figure(step.before().multiply(MANY))
                + ". Calls before that day cost what they cost now, and no other operation"
                + " changes by this.";
    }

    private String more() {
        var last = steps.getLast();
        if (step.number() == last.number()) {
            return steps.size() == 1
                    ? "This is the whole change."
                    : "This is the last of " + steps.size() + " steps.";
        }
        return "This is step "
                + step.number()
                + " of "
                + steps.size()
                + ", one a month. The last brings "
                + credits(last.credits())
                + " on "
                + day(last.effective())
                + "; you hear from us before each.";
    }

    private String newCredits() {
        return "Credits here are new credits: each credit you had is "
                + path.factor()
                + " of them, and each costs a "
                + path.factor()
                + "th of what one did. That alone changes no bill and no balance.";
    }

    private String whatTheyCanDo() {
        return step.credits().compareTo(step.before()) > 0
                ? "What you can do: look up how often you call "
                        + operation
                        + " and what that comes to at the new price. Until "
                        + day(step.effective().minusDays(1))
                        + " you can use it at the present one. If the change is more than you can"
                        + " carry, answer this message before that day, and we will look at it"
                        + " with you."
                : "What you can do: nothing is needed. Calls from that day on cost less by"
                        + " themselves.";
    }

    private static String day(LocalDate date) {
        return date.format(DAY);
    }

    private static String credits(BigDecimal value) {
        return figure(value) + " " + Prose.numbered(value, "credit");
    }

    private static String figure(BigDecimal value) {
        var plain = value.stripTrailingZeros();
        return String.format(Locale.ENGLISH, "%,." + Math.max(0, plain.scale()) + "f", plain);
    }
}
