-- depends: shop.0001_initial, auth.__first__
ALTER TABLE product ADD COLUMN price integer;

-- reverse
ALTER TABLE product DROP COLUMN price;
