"""What Django's introspection says of a database, one line for each fact."""

from django.db import connection


def say(*facts):
    def text(fact):
        if fact is None:
            return "-"
        if isinstance(fact, bool):
            return str(fact).lower()
        if isinstance(fact, (list, tuple)):
            return "[" + ", ".join(map(text, fact)) + "]"
        return str(fact)

    print(" | ".join(map(text, facts)))


def tell():
    introspection = connection.introspection
    with connection.cursor() as cursor:
        say("names", introspection.table_names(cursor))
        say("names and views", introspection.table_names(cursor, include_views=True))
        for table in sorted(introspection.get_table_list(cursor)):
            tell_table(introspection, cursor, table)


def tell_table(introspection, cursor, table):
    say("table", table.name, table.type)
    for column in map(plain, introspection.get_table_description(cursor, table.name)):
        say("column", table.name, column.name, column.type_code, column.display_size, column.internal_size,
            column.precision, column.scale, column.null_ok, column.default, column.collation,
            getattr(column, "pk", None), getattr(column, "has_json_constraint", False))
        say("field", table.name, column.name, field(introspection, column))
    if table.type == "v":
        return
    say("key", table.name, introspection.get_primary_key_column(cursor, table.name))
    for sequence in introspection.get_sequences(cursor, table.name):
        say("sequence", sequence.get("name"), sequence["table"], sequence["column"])
    for column, (other_column, other_table) in sorted(introspection.get_relations(cursor, table.name).items()):
        say("relation", table.name, column, other_column, other_table)
    later = not_null_constraints(cursor)
    for name, facts in sorted(introspection.get_constraints(cursor, table.name).items()):
        if name not in later:
            say("constraint", table.name, name, facts["columns"], facts["primary_key"], facts["unique"],
                facts["foreign_key"], facts["check"], facts["index"], facts.get("orders", []) or [],
                facts.get("type"), facts.get("definition"), facts.get("options") or [])


def plain(column):
    """Of mysqlclient: without widths and bytes for digits, numbers for truths, and JSON for whatever has a check."""
    if connection.vendor != "mysql":
        return column
    number = column.type_code in (1, 2, 3, 8, 9, 16, 246)
    binary = column.type_code in (4, 5)
    return column._replace(
        display_size=None,
        internal_size=column.internal_size if column.internal_size < 2 ** 31 else -1,
        precision=column.precision if number or binary else None,
        scale=column.scale if number else None,
        null_ok=bool(column.null_ok),
        has_json_constraint=column.has_json_constraint and not column.is_unsigned)


def not_null_constraints(cursor):
    """PostgreSQL has them since 18, which is later than Django 3.2; Django that knows them leaves them out."""
    if connection.vendor != "postgresql":
        return set()
    cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'n'")
    return {name for name, in cursor.fetchall()}


def field(introspection, column):
    try:
        answer = introspection.get_field_type(column.type_code, column)
        return answer[0] if isinstance(answer, tuple) else answer
    except KeyError:
        return None
