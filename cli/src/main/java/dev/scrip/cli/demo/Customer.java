package dev.scrip.cli.demo;

import dev.scrip.pricing.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/// A customer of the made-up API company.
///
/// @param weight how large a part of the calls is theirs, beside the weights of the others
public record Customer(String account, String plan, int weight) {

    /// Makes customers for some plans: the more a plan includes, the fewer there are and the more
    /// each of them calls. Those on the smallest plans call for a little less or more than their
    /// credits, so that some run dry.
    ///
    /// @param plans at least one
    /// @param count how many customers, spread over the plans
    public static List<Customer> of(Collection<Plan> plans, int count, RandomGenerator random) {
        var bySize =
                plans.stream()
                        .sorted((a, b) -> a.includedCredits().compareTo(b.includedCredits()))
                        .toList();
        var customers = new ArrayList<Customer>();
        int left = count;
        int callsEach = 600;
        for (int i = 0; i < bySize.size(); i++) {
            // Three fifths of those who are left, and on the largest plan all of them.
            int here = i == bySize.size() - 1 ? left : Math.ceilDiv(left * 3, 5);
            for (int n = 1; n <= here; n++) {
                var plan = bySize.get(i).id();
                customers.add(
                        new Customer(
                                "%s-%02d".formatted(plan, n),
                                plan,
                                random.nextInt(callsEach, 3 * callsEach)));
            }
            left -= here;
            callsEach *= 3;
        }
        return customers;
    }

    /// Says for each of so many calls whose it is; the same seed always says the same.
    static List<String> accountsFor(int calls, List<Customer> customers, RandomGenerator random) {
        int total = customers.stream().mapToInt(Customer::weight).sum();
        var accounts = new ArrayList<String>(calls);
        for (int i = 0; i < calls; i++) {
            int drawn = random.nextInt(total);
            int next = 0;
            while (drawn >= customers.get(next).weight()) {
                drawn -= customers.get(next).weight();
                next++;
            }
            accounts.add(customers.get(next).account());
        }
        return accounts;
    }
}
