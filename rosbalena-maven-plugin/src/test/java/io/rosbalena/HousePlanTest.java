package io.rosbalena;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The order of packages: each may use only those before it in the list. */
class HousePlanTest {
    private static final List<String> ORDER = List.of(
            "finding",
            "json",
            "yaml",
            "store",
            "signing",
            "transfer",
            "tree",
            "workspace",
            "rosdep",
            "apt",
            "wheel",
            "lock",
            "sandbox",
            "environment",
            "symbols",
            "colcon",
            "image",
            "registry",
            "compose",
            "lint",
            "sros2",
            "sbom",
            "run",
            "delta",
            "balena",
            "device",
            "report",
            "robot.surroundings",
            "robot.project",
            "robot.base",
            "robot.linting",
            "robot.starting",
            "robot.deb",
            "robot.buildroot",
            "robot.bytecode",
            "robot.wheel",
            "robot.locking",
            "robot.resolving",
            "robot.compiling",
            "robot.testing",
            "robot.service",
            "robot.sbom",
            "robot.symbols",
            "robot.preflight",
            "robot.building",
            "robot.exporting",
            "robot.publishing",
            "robot.desk",
            "robot.fleet",
            "robot.deploying",
            "robot",
            "maven");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.rosbalena");

    @TestFactory
    Stream<DynamicTest> eachPackageUsesOnlyThoseBeforeIt() {
        return Stream.iterate(0, i -> i < ORDER.size() - 1, i -> i + 1)
                .map(i -> DynamicTest.dynamicTest(
                        ORDER.get(i),
                        () -> noClasses()
                                .that()
                                .resideInAPackage(inside(ORDER.get(i)))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(ORDER.subList(i + 1, ORDER.size()).stream()
                                        .map(HousePlanTest::inside)
                                        .toArray(String[]::new))
                                .allowEmptyShould(true)
                                .check(CLASSES)));
    }

    @Test
    void everyClassStandsInAPackageOfThePlan() {
        noClasses()
                .should()
                .resideOutsideOfPackages(
                        ORDER.stream().map(HousePlanTest::inside).toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void onlyRegistryKnowsJib() {
        noClasses()
                .that()
                .resideOutsideOfPackage(inside("registry"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.cloud.tools..")
                .check(CLASSES);
    }

    @Test
    void onlyMavenKnowsMaven() {
        noClasses()
                .that()
                .resideOutsideOfPackage(inside("maven"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.maven..", "org.codehaus.plexus..")
                .check(CLASSES);
    }

    @Test
    void onlyTransferRegistryAndTheServersClientsUseTheNetwork() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        inside("transfer"), inside("registry"), inside("balena"), inside("device"), inside("maven"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..")
                .check(CLASSES);
    }

    /** A package with all below it; without those where the list names some below it, as they have places of their own. */
    private static String inside(String name) {
        boolean divided = ORDER.stream().anyMatch(other -> other.startsWith(name + "."));
        return "io.rosbalena." + name + (divided ? "" : "..");
    }
}
