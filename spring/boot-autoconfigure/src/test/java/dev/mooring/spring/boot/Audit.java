package dev.mooring.spring.boot;

import java.util.ArrayList;
import java.util.List;

/** What {@link Shop} tells of its sales. */
class Audit {

    private final List<Integer> items = new ArrayList<>();

    void sold(int item) {
        items.add(item);
    }

    List<Integer> items() {
        return items;
    }
}
