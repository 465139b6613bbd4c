package dev.mooring.spring.items;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/** A row of the table {@code item}, for Spring Data JDBC. */
@Table("item")
public record ItemRow(@Id int id, String name) {}
