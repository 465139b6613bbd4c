package dev.mooring.delegates;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * A class that stands before a driver's object of one interface, such as {@code ResultSetDelegate}. It extends a class written by
 * hand, which treats some methods itself: a method of the interface calls that one, and if there is none, the driver's.
 * {@link Calls} has the forms.
 */
final class DelegateClass {

    private static final String DIRECT = "dev.mooring.jdbc.CalledDirectly";

    private final Elements elements;
    private final Types types;
    private final TypeElement base;
    private final TypeElement type;

    DelegateClass(Elements elements, Types types, TypeElement base, TypeElement type) {
        this.elements = elements;
        this.types = types;
        this.base = base;
        this.type = type;
    }

    private String name() {
        return type.getSimpleName() + "Delegate";
    }

    String qualifiedName() {
        return elements.getPackageOf(base).getQualifiedName() + "." + name();
    }

    String source() {
        return """
                package %s;

                /** Stands before a {@link %s} of the driver. Generated. */
                @org.jspecify.annotations.NullUnmarked
                @SuppressWarnings({"deprecation", "unchecked"})
                final class %s extends %s implements %s {
                %s%s}
                """.formatted(
                        elements.getPackageOf(base).getQualifiedName(),
                        type,
                        name(),
                        base.getSimpleName(),
                        type,
                        constructors(),
                        methods());
    }

    /** Those of the class that is extended; a parameter that is called {@code driver} is kept as the interface. */
    private String constructors() {
        StringBuilder text = new StringBuilder();
        for (ExecutableElement each : ElementFilter.constructorsIn(base.getEnclosedElements())) {
            String arguments = each.getParameters().stream()
                    .map(parameter -> parameter.getSimpleName().toString())
                    .collect(joining(", "));
            String driver = "";
            for (VariableElement parameter : each.getParameters()) {
                if (parameter.getSimpleName().contentEquals("driver")) {
                    boolean same = types.isSameType(types.erasure(parameter.asType()), type.asType());
                    driver = "this.driver = %sdriver;".formatted(same ? "" : "(" + type + ") ");
                    text.append("\n    private final %s driver;\n".formatted(type));
                }
            }
            text.append("""

                        %s(%s) {
                            super(%s);
                            %s
                        }
                    """.formatted(name(), DelegateMethod.declared(each, types), arguments, driver));
        }
        return text.toString();
    }

    private String methods() {
        Map<String, ExecutableElement> own = ElementFilter.methodsIn(elements.getAllMembers(base)).stream()
                .filter(method -> owner(method).getKind() == ElementKind.CLASS)
                .filter(method -> !method.getModifiers().contains(Modifier.ABSTRACT))
                .collect(toMap(this::signature, method -> method));
        return implemented().stream()
                .map(method -> text(method, own.get(signature(method))))
                .collect(joining());
    }

    private String text(ExecutableElement method, @Nullable ExecutableElement own) {
        boolean direct = own != null
                && own.getAnnotationMirrors().stream()
                        .anyMatch(
                                mirror -> mirror.getAnnotationType().toString().equals(DIRECT));
        if (direct) {
            return "";
        }
        DelegateMethod delegate = new DelegateMethod(types, type, method);
        return delegate.with(own == null ? Calls.of(delegate) : Calls.own(delegate));
    }

    /** {@return the methods of the interface} A method of two interfaces is that of the more special one. */
    private Collection<ExecutableElement> implemented() {
        Map<String, ExecutableElement> methods = new LinkedHashMap<>();
        for (ExecutableElement each : ElementFilter.methodsIn(elements.getAllMembers(type))) {
            boolean instance = !each.getModifiers().contains(Modifier.STATIC);
            if (instance && owner(each).getKind() == ElementKind.INTERFACE) {
                methods.merge(signature(each), each, this::moreSpecial);
            }
        }
        return List.copyOf(methods.values());
    }

    private ExecutableElement moreSpecial(ExecutableElement one, ExecutableElement other) {
        return types.isSubtype(owner(one).asType(), owner(other).asType()) ? one : other;
    }

    private static Element owner(ExecutableElement method) {
        return requireNonNull(method.getEnclosingElement());
    }

    private String signature(ExecutableElement method) {
        return method.getSimpleName()
                + method.getParameters().stream()
                        .map(parameter -> types.erasure(parameter.asType()).toString())
                        .toList()
                        .toString();
    }
}
