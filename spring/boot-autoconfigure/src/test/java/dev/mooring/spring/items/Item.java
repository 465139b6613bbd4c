package dev.mooring.spring.items;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A row of the table {@code item}. */
@Entity
public class Item {

    @Id
    private int id;

    private String name;

    protected Item() {}

    public Item(int id, String name) {
        this.id = id;
        this.name = name;
    }

    public int id() {
        return id;
    }

    public String name() {
        return name;
    }
}
