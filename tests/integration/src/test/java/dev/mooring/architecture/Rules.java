package dev.mooring.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static java.util.stream.Collectors.groupingBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What {@link ArchitectureTest} checks, on the code and on violations seeded for the purpose. */
final class Rules {
    private static final String ROOT = "dev.mooring";
    private static final String[] BACKENDS = {"dev.mooring.postgres..", "dev.mooring.sqlite..", "dev.mooring.mariadb.."
    };

    /** Core's packages and their height: an import goes from a higher one to a lower one, or stays in its package. */
    private static final Map<String, Integer> LAYERS = Map.ofEntries(
            Map.entry("dev.mooring.migrations", 8),
            Map.entry(ROOT, 7),
            Map.entry("dev.mooring.jdbc", 6),
            Map.entry("dev.mooring.wrapper", 5),
            Map.entry("dev.mooring.statement", 4),
            Map.entry("dev.mooring.pool", 3),
            Map.entry("dev.mooring.spi", 2),
            Map.entry("dev.mooring.config", 1),
            Map.entry("dev.mooring.schema", 1),
            Map.entry("dev.mooring.error", 0),
            Map.entry("dev.mooring.jfr", 0));

    /** Core's packages that its module does not export. */
    private static final String[] HIDDEN = {
        "dev.mooring.jdbc", "dev.mooring.wrapper", "dev.mooring.statement", "dev.mooring.pool", "dev.mooring.jfr"
    };

    static final DescribedPredicate<JavaClass> CORE = resideInAPackage("dev.mooring..")
            .and(DescribedPredicate.not(resideInAnyPackage(
                    "dev.mooring.postgres..",
                    "dev.mooring.sqlite..",
                    "dev.mooring.mariadb..",
                    "dev.mooring.auth..",
                    "dev.mooring.kit..",
                    "dev.mooring.demo..")))
            .as("classes of core");

    static final ArchRule IMPORTS_RUN_DOWNWARD =
            classes().that(CORE).should(condition("import only packages below their own", Rules::checkImports));

    static final ArchRule NO_CYCLES = SlicesRuleDefinition.slices()
            .assignedFrom(new EachPackage())
            .should()
            .beFreeOfCycles();

    static final ArchRule CONTRACTS_SPEAK_JDK = noClasses()
            .that(resideInAnyPackage("dev.mooring.spi..", "dev.mooring.error.."))
            .should(dependOnClassesThat(DescribedPredicate.not(resideInAnyPackage(
                    "java..",
                    "javax..",
                    "org.jspecify..",
                    "dev.mooring.spi..",
                    "dev.mooring.config..",
                    "dev.mooring.schema..",
                    "dev.mooring.error.."))))
            .as("spi and error should know the JDK, jspecify, config, schema and each other only");

    static final ArchRule VALUES_SPEAK_JDK = noClasses()
            .that(resideInAnyPackage("dev.mooring.config..", "dev.mooring.schema.."))
            .should(dependOnClassesThat(DescribedPredicate.not(resideInAnyPackage(
                    "java..",
                    "javax..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "com.google.common..",
                    "dev.mooring.config..",
                    "dev.mooring.schema..",
                    "dev.mooring.error.."))))
            .as("config and schema should know the JDK, jspecify, Guava, slf4j, error and each other only");

    static final ArchRule SIGNATURES_ARE_CLEAN = classes()
            .that()
            .resideOutsideOfPackages(HIDDEN)
            .should(condition(
                    "show neither Guava nor a package that is not exported in a public or protected signature",
                    Rules::checkApi));

    static final ArchRule BACKENDS_KNOW_THE_SPI = noClasses()
            .that(resideInAnyPackage(BACKENDS))
            .should(dependOnClassesThat(CORE.and(DescribedPredicate.not(resideInAnyPackage(
                    "dev.mooring.spi..", "dev.mooring.config..", "dev.mooring.schema..", "dev.mooring.error..")))))
            .as("backends should import only spi, config, schema and error from core");

    static final ArchRule BACKENDS_SHOW_THEIR_PROVIDER =
            classes().that(resideInAnyPackage(BACKENDS)).should(new OneProviderPerBackend());

    static final ArchRule AUTH_KNOWS_NO_BACKEND = noClasses()
            .that()
            .resideInAPackage("dev.mooring.auth..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BACKENDS);

    static final ArchRule WRAPPERS_ARE_NOT_KEPT = fields().that()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage(ROOT)
            .should(condition("not hold a DatabaseWrapper, which belongs to a thread", Rules::checkField));

    static final ArchRule NOTHING_PRINTS =
            noClasses().that().resideOutsideOfPackage("dev.mooring.demo..").should(ACCESS_STANDARD_STREAMS);

    static final ArchRule NO_SYNCHRONIZED_METHODS = methods()
            .that()
            .areDeclaredInClassesThat(CORE)
            .should()
            .notHaveModifier(JavaModifier.SYNCHRONIZED)
            .because("a virtual thread would hold its carrier on JDK 17 to 23");

    static final ArchRule NO_SLEEP_NO_WALL_CLOCK =
            classes().that(CORE).should(condition("neither sleep nor read the wall clock", Rules::checkTime));

    static final ArchRule NULL_MARKED =
            classes().should(condition("be in a package or module that is @NullMarked", Rules::checkNullMarked));

    private Rules() {}

    private static void checkImports(JavaClass origin, Consumer<String> complain) {
        OptionalInt own = layer(origin);
        if (own.isEmpty()) {
            complain.accept(origin.getName() + " is in a package without a layer: add it to Rules.LAYERS");
            return;
        }
        origin.getDirectDependenciesFromSelf().forEach(dependency -> {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (!CORE.test(target) || target.getPackageName().equals(origin.getPackageName())) {
                return;
            }
            OptionalInt other = layer(target);
            if (other.isEmpty() || other.getAsInt() >= own.getAsInt()) {
                complain.accept(dependency.getDescription());
            }
        });
    }

    private static OptionalInt layer(JavaClass type) {
        Integer layer = LAYERS.get(type.getPackageName());
        return layer == null ? OptionalInt.empty() : OptionalInt.of(layer);
    }

    private static void checkApi(JavaClass type, Consumer<String> complain) {
        if (!isVisible(type)) {
            return;
        }
        Stream.of(type.getSuperclass().stream(), type.getInterfaces().stream(), type.getTypeParameters().stream())
                .<JavaType>flatMap(types -> types)
                .forEach(shown -> checkShown(type.getDescription(), shown, complain));
        for (JavaMember member : type.getMembers()) {
            if (!isOpen(member)) {
                continue;
            }
            if (member instanceof JavaField field) {
                checkShown(field.getDescription(), field.getType(), complain);
            } else if (member instanceof JavaCodeUnit unit) {
                Stream.of(
                                Stream.of(unit.getReturnType()),
                                unit.getParameterTypes().stream(),
                                unit.getTypeParameters().stream(),
                                unit.getExceptionTypes().stream())
                        .<JavaType>flatMap(types -> types)
                        .forEach(shown -> checkShown(unit.getDescription(), shown, complain));
            }
        }
    }

    private static boolean isVisible(JavaClass type) {
        boolean open = type.getModifiers().contains(JavaModifier.PUBLIC)
                || type.getModifiers().contains(JavaModifier.PROTECTED);
        return open && type.getEnclosingClass().map(Rules::isVisible).orElse(true);
    }

    private static boolean isOpen(JavaMember member) {
        return !member.getModifiers().contains(JavaModifier.SYNTHETIC)
                && (member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED));
    }

    private static void checkShown(String where, JavaType shown, Consumer<String> complain) {
        for (JavaClass raw : shown.getAllInvolvedRawTypes()) {
            String name = raw.getBaseComponentType().getName();
            boolean hidden = Stream.of(HIDDEN)
                    .anyMatch(
                            each -> raw.getBaseComponentType().getPackageName().equals(each));
            if (name.startsWith("com.google.") || hidden) {
                complain.accept(where + " shows " + name);
            }
        }
    }

    private static void checkField(JavaField field, Consumer<String> complain) {
        for (JavaClass raw : field.getAllInvolvedRawTypes()) {
            if (raw.getBaseComponentType().getName().equals("dev.mooring.DatabaseWrapper")) {
                complain.accept(field.getDescription() + " holds a DatabaseWrapper");
            }
        }
    }

    private static void checkTime(JavaClass type, Consumer<String> complain) {
        type.getAccessesFromSelf().forEach(access -> {
            String target =
                    access.getTargetOwner().getName() + "." + access.getTarget().getName();
            if (target.equals("java.lang.Thread.sleep") || target.equals("java.lang.System.currentTimeMillis")) {
                complain.accept(access.getDescription());
            }
        });
    }

    private static void checkNullMarked(JavaClass type, Consumer<String> complain) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class) && !isModuleNullMarked(type)) {
            complain.accept(type.getName() + " is neither in a @NullMarked package nor in a @NullMarked module");
        }
    }

    /** Looks for the annotation's name in {@code module-info.class}: on the class path there is no module to ask. */
    private static boolean isModuleNullMarked(JavaClass type) {
        String uri = type.getSource().orElseThrow().getUri().toString();
        String own = type.getName().replace('.', '/') + ".class";
        URI descriptor = URI.create(uri.substring(0, uri.length() - own.length()) + "module-info.class");
        try (InputStream in = descriptor.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
                    .contains("Lorg/jspecify/annotations/NullMarked;");
        } catch (java.io.FileNotFoundException none) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> ArchCondition<T> condition(String description, Check<T> check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(T item, ConditionEvents events) {
                check.run(item, complaint -> events.add(SimpleConditionEvent.violated(item, complaint)));
            }
        };
    }

    @FunctionalInterface
    private interface Check<T> {
        void run(T item, Consumer<String> complain);
    }

    private static final class EachPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith(ROOT)
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }

    private static final class OneProviderPerBackend extends ArchCondition<JavaClass> {
        private Map<String, List<JavaClass>> backends = Map.of();

        OneProviderPerBackend() {
            super("have exactly one public top-level type in each backend, its BackendProvider");
        }

        @Override
        public void init(Collection<JavaClass> all) {
            backends = all.stream().collect(groupingBy(JavaClass::getPackageName));
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            // Counted for the whole package in finish().
        }

        @Override
        public void finish(ConditionEvents events) {
            backends.forEach((name, types) -> {
                List<String> shown = types.stream()
                        .filter(type ->
                                type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName)
                        .sorted()
                        .toList();
                if (shown.size() != 1 || !shown.get(0).endsWith("BackendProvider")) {
                    events.add(SimpleConditionEvent.violated(name, name + " shows " + shown));
                }
            });
        }
    }
}
