package dev.scrip.cli.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The map of ARCHITECTURE.md, held against the compiled classes of every room.
final class RoomsTest {

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.scrip");

    /// What every room may use: the language, exact numbers, time as a value, collections.
    private static final List<String> GROUND =
            List.of(
                    "java.lang..",
                    "java.math",
                    "java.time..",
                    "java.util",
                    "java.util.function",
                    "java.util.random",
                    "java.util.regex",
                    "java.util.stream",
                    "org.jspecify.annotations");

    private static final List<String> FILES = List.of("java.io", "java.nio..");

    /// Each room and what it may know beside the ground and itself. To add a line here is to change
    /// the map: do it there too, and think first whether the code wants to live in another room.
    static Stream<Arguments> rooms() {
        return Stream.of(
                arguments("pricing", List.of(), List.of()),
                arguments(
                        "ledger",
                        List.of("dev.scrip.pricing"),
                        List.of(
                                "java.nio",
                                "java.nio.charset",
                                "java.security",
                                "java.util.concurrent..")),
                arguments("metering", List.of("dev.scrip.pricing", "dev.scrip.ledger"), CONCURRENT),
                arguments(
                        "insight",
                        List.of("dev.scrip.pricing", "dev.scrip.ledger", "dev.scrip.metering"),
                        List.of()),
                arguments(
                        "pricingfile",
                        List.of("dev.scrip.pricing"),
                        and(
                                FILES,
                                "de.siegmar.fastcsv..",
                                "org.snakeyaml.engine..",
                                "tools.jackson.core..")),
                arguments(
                        "storage",
                        List.of("dev.scrip.pricing", "dev.scrip.ledger", "dev.scrip.metering"),
                        and(
                                FILES,
                                "java.security",
                                "java.sql",
                                "java.util.concurrent..",
                                "com.google.protobuf..",
                                "java.util.zip",
                                "javax.sql",
                                "org.flywaydb.core..",
                                "org.postgresql..",
                                "org.sqlite..")),
                arguments(
                        "audit",
                        List.of("dev.scrip.pricing", "dev.scrip.ledger", "dev.scrip.storage"),
                        and(FILES)),
                arguments(
                        "client",
                        List.of(),
                        and(
                                FILES,
                                "java.net..",
                                "java.util.concurrent..",
                                "com.fasterxml.jackson.annotation",
                                "tools.jackson..")));
    }

    private static final List<String> CONCURRENT = List.of("java.util.concurrent..");

    private static List<String> and(List<String> some, String... others) {
        return Stream.concat(some.stream(), Stream.of(others)).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rooms")
    void aRoomKnowsOnlyWhatTheMapLetsItKnow(
            String room, List<String> otherRooms, List<String> libraries) {
        var itself = "dev.scrip." + room + "..";
        var allowed =
                Stream.of(GROUND, otherRooms, libraries, List.of(itself))
                        .flatMap(List::stream)
                        .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage(itself)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .because(
                        room
                                + " may know "
                                + (otherRooms.isEmpty() ? "no other room" : otherRooms)
                                + "; what needs more belongs where more is known, or comes in"
                                + " through a port")
                .check(HOUSE);
    }

    @Test
    void theLedgerAsksPricingForQuantitiesOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.scrip.ledger..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.scrip.pricing..")
                                .and(
                                        not(
                                                simpleName("Credits")
                                                        .or(simpleName("Money"))
                                                        .or(simpleName("AppliedAdjustment")))))
                .because(
                        "what a call costs is decided before the ledger is asked: pass the outcome"
                                + " in RatedUsage, not the price book")
                .check(HOUSE);
    }

    @Test
    void theAuditKnowsTheShapeOfFactsAndNothingThatMakesThem() {
        noClasses()
                .that()
                .resideInAPackage("dev.scrip.audit..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "dev\\.scrip\\.ledger\\.(Ledger|LedgerState|Account|AccountView|Grant|Grants|Hold|Holds|"
                                + "Charges|Corrections|Deposits|Periods|Limits|Watch|TopUps|"
                                + "OperationPattern|Partition|Command|Outcome|Reply)"
                                + "(\\$.*)?")
                .because("what checks the ledger must not be the ledger")
                .check(HOUSE);
    }

    @Test
    void theCommandLineStartsTheServiceAndKnowsNothingInsideIt() {
        noClasses()
                .that()
                .resideInAPackage("dev.scrip.cli..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "dev.scrip.service.*..",
                                "dev.scrip.storage..",
                                "dev.scrip.metering..",
                                "dev.scrip.ledger.."))
                .because(
                        "what runs is asked over HTTP, through dev.scrip.client; what is stored,"
                                + " through dev.scrip.audit")
                .check(HOUSE);
    }

    @Test
    void nobodyButTheCommandLineDependsOnTheService() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.scrip.service..", "dev.scrip.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.scrip.service..", "dev.scrip.cli..")
                .because("the service wires the rooms together, so none of them can need it")
                .check(HOUSE);
    }

    @Test
    void theServiceDoesNotUseTheClientThatOthersEmbed() {
        noClasses()
                .that()
                .resideInAPackage("dev.scrip.service..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.scrip.client..")
                .because("two hands must write the contract, or neither side proves it")
                .check(HOUSE);
    }

    @Test
    void noTwoPackagesNeedEachOther() {
        slices().matching("dev.scrip.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void everyRoomIsOnTheMap() {
        var found = new TreeSet<String>();
        HOUSE.forEach(type -> found.add(type.getPackageName().split("\\.", 4)[2]));

        var mapped = new TreeSet<>(List.of("service", "cli"));
        rooms().forEach(room -> mapped.add((String) room.get()[0]));
        assertThat(found).isEqualTo(mapped);
    }

    private static final Set<String> CLOCK_READERS =
            Set.of(
                    "Clock.system",
                    "Clock.systemDefaultZone",
                    "Clock.systemUTC",
                    "Instant.now",
                    "InstantSource.system",
                    "LocalDate.now",
                    "LocalDateTime.now",
                    "LocalTime.now",
                    "OffsetDateTime.now",
                    "System.currentTimeMillis",
                    "YearMonth.now",
                    "ZonedDateTime.now");

    private static final DescribedPredicate<JavaMethodCall> READS_THE_CLOCK =
            DescribedPredicate.describe(
                    "reads the machine's clock",
                    call ->
                            CLOCK_READERS.contains(
                                    call.getTargetOwner().getSimpleName() + "." + call.getName()));

    @Test
    void timeComesInFromOutside() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.scrip.cli..")
                .and()
                .doNotHaveFullyQualifiedName("dev.scrip.service.ScripServer")
                .should()
                .callMethodWhere(READS_THE_CLOCK)
                .because(
                        "a pure core takes an Instant and an edge holds the InstantSource that"
                                + " ScripServer was started with; durations are measured with System.nanoTime")
                .check(HOUSE);
    }

    @Test
    void thePureCoresReadNoClockAtAll() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.scrip.pricing..", "dev.scrip.insight..")
                .should()
                .callMethod(System.class, "nanoTime")
                .because("the same question must have the same answer: take what varies as a value")
                .check(HOUSE);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.scrip.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("rooms answer or throw; the service logs through SLF4J")
                .check(HOUSE);
    }

    @Test
    void absenceIsWrittenInOneWay() {
        var because = "what can be missing is marked @Nullable, so that the compiler checks it";
        methods()
                .that()
                .areDeclaredInClassesThat(resideInAPackage("dev.scrip.."))
                .should()
                .notHaveRawReturnType(Optional.class)
                .because(because)
                .check(HOUSE);
        fields().that()
                .areDeclaredInClassesThat(resideInAPackage("dev.scrip.."))
                .should()
                .notHaveRawType(Optional.class)
                .because(because)
                .check(HOUSE);
    }
}
