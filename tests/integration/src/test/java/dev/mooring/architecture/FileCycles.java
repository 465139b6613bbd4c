package dev.mooring.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The import cycles between files: groups in which every file refers, directly or through others, to every other one. A
 * nested class counts as its file. Found with Tarjan's algorithm.
 */
final class FileCycles {

    private final Map<String, Set<String>> references = new TreeMap<>();
    private final Map<String, Integer> order = new HashMap<>();
    private final Map<String, Integer> lowest = new HashMap<>();
    private final Deque<String> path = new ArrayDeque<>();
    private final List<Set<String>> found = new ArrayList<>();

    private FileCycles(JavaClasses classes, Predicate<JavaClass> of) {
        for (JavaClass type : classes) {
            if (of.test(type)) {
                Set<String> targets = references.computeIfAbsent(file(type), unused -> new TreeSet<>());
                type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(of)
                        .map(FileCycles::file)
                        .forEach(targets::add);
            }
        }
        for (String file : references.keySet()) {
            if (!order.containsKey(file)) {
                visit(file);
            }
        }
    }

    /** {@return the cycles among the files of such classes, each with the names of its files} */
    static Collection<Set<String>> among(JavaClasses classes, Predicate<JavaClass> of) {
        return new FileCycles(classes, of).found;
    }

    private void visit(String file) {
        int number = order.size();
        order.put(file, number);
        lowest.put(file, number);
        path.push(file);
        for (String target : references.get(file)) {
            if (!order.containsKey(target)) {
                visit(target);
                lowest.merge(file, lowest.get(target), Math::min);
            } else if (path.contains(target)) {
                lowest.merge(file, order.get(target), Math::min);
            }
        }
        if (lowest.get(file) == number) {
            Set<String> cycle = new TreeSet<>();
            String member;
            do {
                member = path.pop();
                cycle.add(member);
            } while (!member.equals(file));
            if (cycle.size() > 1) {
                found.add(cycle);
            }
        }
    }

    private static String file(JavaClass type) {
        return type.getEnclosingClass().map(FileCycles::file).orElseGet(type::getName);
    }
}
