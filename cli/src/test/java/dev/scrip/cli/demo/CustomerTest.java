package dev.scrip.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrip.pricing.Credits;
import dev.scrip.pricing.Money;
import dev.scrip.pricing.Plan;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CustomerTest {

    private static final List<Plan> PLANS =
            List.of(
                    new Plan("pro", "Pro", Money.parse("199"), Credits.of(100_000)),
                    new Plan("free", "Free", Money.ZERO, Credits.of(1_000)),
                    new Plan("starter", "Starter", Money.parse("29"), Credits.of(12_500)));

    @Test
    void theSmallerThePlanTheMoreCustomersAndTheFewerCallsEach() {
        var customers = Customer.of(PLANS, 60, new Random(1));

        assertThat(customers.stream().collect(Collectors.groupingBy(Customer::plan)))
                .satisfies(byPlan -> {
                    assertThat(byPlan.get("free")).hasSize(36);
                    assertThat(byPlan.get("starter")).hasSize(15);
                    assertThat(byPlan.get("pro")).hasSize(9);
                });
        assertThat(weight(customers, "free")).isLessThan(weight(customers, "starter"));
        assertThat(weight(customers, "starter")).isLessThan(weight(customers, "pro"));
    }

    private static double weight(List<Customer> customers, String plan) {
        return customers.stream()
                .filter(customer -> customer.plan().equals(plan))
                .mapToInt(Customer::weight)
                .average()
                .orElseThrow();
    }

    @Test
    void callsAreSpreadByWeightAndEveryTimeTheSame() {
        var customers = List.of(new Customer("a", "free", 1), new Customer("b", "pro", 3));

        var accounts = Customer.accountsFor(4_000, customers, new Random(7));

        assertThat(accounts).isEqualTo(Customer.accountsFor(4_000, customers, new Random(7)));
        assertThat(accounts.stream().filter("b"::equals).count()).isBetween(2_850L, 3_150L);
    }
}
