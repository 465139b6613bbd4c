CREATE TABLE item (id integer PRIMARY KEY, name varchar(50));
