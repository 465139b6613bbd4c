package dev.mooring.postgres;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;

/** A list that a value is compared with. Where its elements are texts, the server works out their type as it does for one text. */
final class ElementsBehindIn extends AbstractCollection<Object> {

    private final Collection<?> elements;

    ElementsBehindIn(Collection<?> elements) {
        this.elements = elements;
    }

    @Override
    public Iterator<Object> iterator() {
        return Collections.<Object>unmodifiableCollection(elements).iterator();
    }

    @Override
    public int size() {
        return elements.size();
    }
}
