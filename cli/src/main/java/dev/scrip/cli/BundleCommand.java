package dev.scrip.cli;

import dev.scrip.insight.AccountUse;
import dev.scrip.insight.BundleAnswer;
import dev.scrip.insight.BundleFindings;
import dev.scrip.insight.BundleQuestion;
import dev.scrip.insight.PlanOffer;
import dev.scrip.insight.SizedBundle;
import dev.scrip.pricingfile.BundleFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `scrip bundle`: how many credits plans should include.
@Command(
        name = "bundle",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        header = {
            "Finds how many credits plans should include, by trying every combination on real usage.",
            "",
            "Examples:",
            "  scrip bundle examples/plans/plans.json",
            "  scrip bundle plans.json -o json",
            "  scrip bundle plans.json -o html > bundles.html",
            ""
        },
        footer = {
            "",
            "The file is described in docs/pricing-workbench.md.",
            "Exit codes: 0 done, 1 no combination keeps the constraints, 2 unusable input."
        })
final class BundleCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PLANS.json", arity = "1", description = "Plans and their accounts.")
    private Path file = Path.of("");

    @Mixin private Output output = new Output();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var read = BundleFile.read(file);
        var question = question(read);
        var answer = BundleAnswer.to(question);
        var best = answer.best();
        var findings = best == null ? null : BundleFindings.of(question, best, read.daily());
        output.print(
                new BundleResult(question, answer, findings, methods(question, read)),
                spec.commandLine());
        return best == null ? ExitCode.FINDING : ExitCode.DONE;
    }

    private static BundleQuestion question(BundleFile file) {
        var accounts = new ArrayList<AccountUse>();
        file.accounts().forEach((account, used) -> accounts.add(new AccountUse(account, used)));
        return new BundleQuestion(
                file.plans().stream()
                        .map(plan -> new PlanOffer(plan.id(), plan.fee(), plan.included()))
                        .toList(),
                file.overagePrice(),
                file.costPerCredit(),
                accounts,
                file.shareOverMax(),
                file.marginMin());
    }

    private static BundleResult.Methods methods(BundleQuestion question, BundleFile file) {
        return new BundleResult.Methods(
                costMultiple(question, file), useCase(question, file), parity(question, file));
    }

    private static @Nullable List<SizedBundle> costMultiple(
            BundleQuestion question, BundleFile file) {
        var method = file.methods().costMultiple();
        if (method == null) {
            return null;
        }
        var own = method.creditPrice();
        var price = own == null ? file.overagePrice() : own;
        if (price.signum() == 0) {
            throw new IllegalArgumentException(
                    "The method cost_multiple needs what a credit costs: a credit_price of its own,"
                            + " or an overage price greater than 0.");
        }
        return SizedBundle.byCostMultiple(question, price, method.buffer());
    }

    private static @Nullable List<SizedBundle> useCase(BundleQuestion question, BundleFile file) {
        var method = file.methods().useCase();
        return method == null
                ? null
                : SizedBundle.byUseCase(
                        question, method.operationsPerDay(), method.creditsPerOperation());
    }

    private static @Nullable List<SizedBundle> parity(BundleQuestion question, BundleFile file) {
        var others = file.methods().competitors();
        return others == null
                ? null
                : SizedBundle.byParity(
                        question,
                        others.stream()
                                .map(one -> new SizedBundle.Offer(one.credits(), one.price()))
                                .toList());
    }
}
