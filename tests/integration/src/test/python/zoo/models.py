"""Tables with everything that Django can ask of a database, for the introspection to tell of."""

from django.db import connection, models
from django.db.models import Q


class Keeper(models.Model):
    name = models.CharField(max_length=50, unique=True)
    manager = models.ForeignKey("self", models.SET_NULL, null=True)
    badge = models.UUIDField(unique=True)


class Cage(models.Model):
    id = models.BigAutoField(primary_key=True)
    label = models.SlugField()
    folded = models.CharField(max_length=9, db_collation={"sqlite": "nocase", "mysql": "utf8mb4_bin"}.get(connection.vendor, "C"))


class Animal(models.Model):
    name = models.CharField(max_length=60, db_index=True)
    story = models.TextField(db_index=True)
    small = models.SmallIntegerField()
    number = models.IntegerField()
    big = models.BigIntegerField(null=True)
    legs = models.PositiveSmallIntegerField()
    teeth = models.PositiveIntegerField(db_index=True)
    hairs = models.PositiveBigIntegerField(null=True)
    weight = models.FloatField()
    price = models.DecimalField(max_digits=8, decimal_places=2)
    tame = models.BooleanField()
    born = models.DateField()
    fed = models.TimeField(null=True)
    seen = models.DateTimeField()
    sleeps = models.DurationField()
    code = models.UUIDField()
    facts = models.JSONField()
    maybe = models.JSONField(null=True)
    picture = models.BinaryField()
    address = models.GenericIPAddressField(null=True)
    file = models.FileField()
    link = models.URLField()
    keeper = models.ForeignKey(Keeper, models.CASCADE)
    loose = models.ForeignKey(Cage, models.CASCADE, db_constraint=False, null=True)
    twin = models.OneToOneField("self", models.CASCADE, null=True)
    cages = models.ManyToManyField(Cage, related_name="animals")

    class Meta:
        unique_together = [("name", "born"), ("keeper", "number")]
        index_together = [("number", "big")]
        indexes = [
            models.Index(fields=["name", "-born"], name="zoo_name_born"),
            models.Index(fields=["number"], name="zoo_heavy", condition=Q(weight__gt=100)),
        ]
        constraints = [
            models.CheckConstraint(check=Q(price__gt=0) | Q(tame=True), name="zoo_price_or_tame"),
            models.UniqueConstraint(fields=["small", "big"], name="zoo_small_big"),
            models.UniqueConstraint(fields=["code"], name="zoo_tame_code", condition=Q(tame=True)),
        ]


class Ticket(models.Model):
    id = models.SmallAutoField(primary_key=True)

    class Meta:
        db_table = "Select"


class Visit(models.Model):
    day = models.DateField(primary_key=True, db_column="Größe")
    owner = models.ForeignKey(Keeper, models.CASCADE, to_field="name", db_column="user")

    class Meta:
        db_table = "Besuch ä"
