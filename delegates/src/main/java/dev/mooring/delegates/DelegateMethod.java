package dev.mooring.delegates;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.IntStream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** One method of an interface of JDBC, as a delegate declares it. Its parameters are called p0, p1 and so on. */
final class DelegateMethod {

    private final Types types;
    private final TypeElement type;
    private final ExecutableElement method;

    DelegateMethod(Types types, TypeElement type, ExecutableElement method) {
        this.types = types;
        this.type = type;
        this.method = method;
    }

    /** {@return whether it is a method of an object that is a {@code name} of {@code java.sql}} */
    boolean isOf(String name) {
        return type.getSimpleName().contentEquals(name)
                || type.getInterfaces().stream()
                        .map(each -> ((TypeElement) types.asElement(each)))
                        .anyMatch(each -> new DelegateMethod(types, each, method).isOf(name));
    }

    String name() {
        return method.getSimpleName().toString();
    }

    boolean isVoid() {
        return method.getReturnType().getKind() == TypeKind.VOID;
    }

    /** {@return whether it can fail} What cannot is known to the driver without the database. */
    boolean mayThrow() {
        return !method.getThrownTypes().isEmpty();
    }

    /** {@return what it returns, such as {@code java.sql.Array} or {@code T}} */
    String returned() {
        return method.getReturnType().toString();
    }

    /** {@return the class that it returns, such as {@code java.lang.Object} for {@code T}} */
    String returnedClass() {
        return types.erasure(method.getReturnType()).toString();
    }

    int count() {
        return method.getParameters().size();
    }

    /** {@return the class of a parameter, such as {@code java.util.Map}; empty if there are not so many} */
    String parameter(int index) {
        return index < count()
                ? types.erasure(method.getParameters().get(index).asType()).toString()
                : "";
    }

    /** {@return the arguments of a call, with {@code plain} around those that may be of the view} */
    String arguments(List<String> ofTheView) {
        return IntStream.range(0, count())
                .mapToObj(index -> ofTheView.contains(parameter(index)) ? "plain(p" + index + ")" : "p" + index)
                .collect(joining(", "));
    }

    /** {@return the text of the method with this body} */
    String with(String body) {
        String parameters = IntStream.range(0, count())
                .mapToObj(index -> method.getParameters().get(index).asType() + " p" + index)
                .collect(joining(", "));
        String generic = method.getTypeParameters().isEmpty()
                ? ""
                : method.getTypeParameters().stream().map(Object::toString).collect(joining(", ", "<", "> "));
        String thrown = method.getThrownTypes().isEmpty()
                ? ""
                : method.getThrownTypes().stream().map(TypeMirror::toString).collect(joining(", ", " throws ", ""));
        String deprecated = method.getAnnotation(Deprecated.class) == null ? "" : "    @Deprecated\n";
        return "\n%s    @Override\n    public %s%s %s(%s)%s {\n%s    }\n"
                .formatted(deprecated, generic, returned(), name(), parameters, thrown, body.indent(8));
    }

    /** {@return the parameters of a constructor as it declares them} */
    static String declared(ExecutableElement constructor, Types types) {
        return constructor.getParameters().stream()
                .map(each -> types.erasure(each.asType()) + " " + each.getSimpleName())
                .collect(joining(", "));
    }
}
