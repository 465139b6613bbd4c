"""The changes of SchemaEditorContract, made by Django's schema editor: each on tables of its own."""

from django.db import connection, models


def named(field, name, model):
    field.set_attributes_from_name(name)
    field.model = model
    return field


class Case:
    def __init__(self, name, **more):
        self.author = self.model(name + "_author", name=models.CharField(max_length=50))
        fields = dict(
            title=models.CharField(max_length=50),
            pages=models.IntegerField(null=True),
            author=models.ForeignKey(self.author, models.CASCADE),
        )
        meta = {key: more.pop(key) for key in list(more) if key in ("indexes", "constraints", "unique_together")}
        fields.update(more)
        for place, field in enumerate(fields.values()):
            field.creation_counter = models.Field.creation_counter + place
        self.book = self.model(name + "_book", meta, **fields)
        with connection.schema_editor() as editor:
            editor.create_model(self.author)
            editor.create_model(self.book)
        author = self.author.objects.create(name="A")
        self.book.objects.create(title="T", author=author)

    @staticmethod
    def model(table, meta=None, **fields):
        options = dict(meta or {}, app_label="editor", db_table=table)
        return type(table, (models.Model,), dict(fields, __module__=__name__, Meta=type("Meta", (), options)))

    def add(self, name, field):
        with connection.schema_editor() as editor:
            editor.add_field(self.book, named(field, name, self.book))

    def alter(self, name, field, to=None):
        with connection.schema_editor() as editor:
            editor.alter_field(self.book, self.book._meta.get_field(name), named(field, to or name, self.book))

    def constrain(self, change):
        """A migration gives the editor the model as it is to be: on SQLite the table is built from that."""
        with connection.schema_editor() as editor:
            change(editor, self.book, self.book._meta.constraints)

    def edit(self, change):
        with connection.schema_editor() as editor:
            change(editor, self.book)


def add(constraint):
    def change(editor, book, constraints):
        constraints.append(constraint)
        editor.add_constraint(book, constraint)

    return change


def remove(constraint):
    def change(editor, book, constraints):
        constraints.clear()
        editor.remove_constraint(book, constraint)

    return change


def change():
    char, integer = models.CharField, models.IntegerField
    Case("addnull").add("year", integer(null=True))
    Case("adddefault").add("year", integer(default=7))
    Case("addtext").add("motto", char(max_length=20, default="it's 100%"))
    case = Case("addkey")
    case.add("editor", models.ForeignKey(case.author, models.CASCADE, null=True))
    Case("addunique").add("slug", char(max_length=20, null=True, unique=True))
    Case("longer").alter("title", char(max_length=200))
    Case("totext").alter("title", models.TextField())
    Case("notnull").alter("pages", integer(default=5))
    Case("nullable").alter("title", char(max_length=50, null=True))
    Case("unique").alter("title", char(max_length=50, unique=True))
    Case("ununique", title=char(max_length=50, unique=True)).alter("title", char(max_length=50))
    Case("index").alter("title", char(max_length=50, db_index=True))
    Case("unindex", title=char(max_length=50, db_index=True)).alter("title", char(max_length=50))
    Case("indexunique", title=char(max_length=50, db_index=True)).alter("title", char(max_length=50, unique=True))
    Case("positive").alter("pages", models.PositiveIntegerField(null=True))
    Case("unpositive", pages=models.PositiveIntegerField(null=True)).alter("pages", integer(null=True))
    case = Case("loose")
    case.alter("author", models.ForeignKey(case.author, models.CASCADE, db_constraint=False))
    Case("rename").alter("title", char(max_length=50), "name")
    case = Case("renamekey")
    case.alter("author", models.ForeignKey(case.author, models.CASCADE), "writer")
    Case("remove").edit(lambda editor, book: editor.remove_field(book, book._meta.get_field("pages")))
    Case("removekey").edit(lambda editor, book: editor.remove_field(book, book._meta.get_field("author")))
    Case("together").edit(lambda editor, book: editor.alter_unique_together(book, (), [("title", "pages")]))
    Case("apart", unique_together=[("title", "pages")]).edit(
        lambda editor, book: editor.alter_unique_together(book, [("title", "pages")], ()))
    Case("addindex").edit(lambda editor, book: editor.add_index(
        book, models.Index(fields=["title", "-pages"], name="addindex_i")))
    index = models.Index(fields=["title"], name="removeindex_i")
    Case("removeindex", indexes=[index]).edit(lambda editor, book: editor.remove_index(book, index))
    check = models.CheckConstraint(check=models.Q(pages__gt=0), name="addcheck_c")
    Case("addcheck").constrain(add(check))
    gone = models.CheckConstraint(check=models.Q(pages__gt=0), name="removecheck_c")
    Case("removecheck", constraints=[gone]).constrain(remove(gone))
    Case("adduniquec").constrain(add(models.UniqueConstraint(fields=["title", "pages"], name="adduniquec_c")))
    some = models.UniqueConstraint(fields=["title"], name="someunique_c", condition=models.Q(pages__gt=0))
    Case("someunique").edit(lambda editor, book: editor.add_constraint(book, some))
    Case("table").edit(lambda editor, book: editor.alter_db_table(book, "table_book", "table_tome"))
