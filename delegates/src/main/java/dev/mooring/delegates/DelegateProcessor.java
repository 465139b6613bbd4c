package dev.mooring.delegates;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.tools.Diagnostic;

/**
 * Writes a subclass of each class that is annotated with {@code @Delegates}, for each of the interfaces that the annotation
 * names. {@link DelegateClass} says what is in it.
 */
@SupportedAnnotationTypes(DelegateProcessor.ANNOTATION)
public final class DelegateProcessor extends AbstractProcessor {

    static final String ANNOTATION = "dev.mooring.jdbc.Delegates";

    /** For the compiler. */
    public DelegateProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            for (Element base : round.getElementsAnnotatedWith(annotation)) {
                interfaces(base).forEach(type -> write((TypeElement) base, type));
            }
        }
        return false;
    }

    private static List<TypeElement> interfaces(Element base) {
        return base.getAnnotationMirrors().stream()
                .filter(DelegateProcessor::isOurs)
                .flatMap(mirror -> mirror.getElementValues().values().stream())
                .flatMap(value -> ((List<?>) value.getValue()).stream())
                .map(each -> (TypeElement) ((DeclaredType) ((AnnotationValue) each).getValue()).asElement())
                .toList();
    }

    private static boolean isOurs(AnnotationMirror mirror) {
        return ((TypeElement) mirror.getAnnotationType().asElement())
                .getQualifiedName()
                .contentEquals(ANNOTATION);
    }

    private void write(TypeElement base, TypeElement type) {
        DelegateClass delegate =
                new DelegateClass(processingEnv.getElementUtils(), processingEnv.getTypeUtils(), base, type);
        try (Writer out = processingEnv
                .getFiler()
                .createSourceFile(delegate.qualifiedName(), base)
                .openWriter()) {
            out.write(delegate.source());
        } catch (IOException e) {
            processingEnv
                    .getMessager()
                    .printMessage(
                            Diagnostic.Kind.ERROR,
                            "Could not write %s: %s".formatted(delegate.qualifiedName(), e),
                            base);
        }
    }
}
