CREATE TABLE product (id integer);

-- reverse
DROP TABLE product;
