"""The changes of the database stand in one line, so that every site has gone through them in the same order."""

from django.db.migrations.loader import MigrationLoader


def test_migrations_are_one_line() -> None:
    graph = MigrationLoader(None).graph
    ours = sorted(name for app, name in graph.nodes if app == "assessments")
    before = {
        name: [
            parent.key[1] for parent in graph.node_map["assessments", name].parents if parent.key[0] == "assessments"
        ]
        for name in ours
    }
    assert before == {name: ours[place - 1 : place] if place else [] for place, name in enumerate(ours)}
    assert [int(name[:4]) for name in ours] == list(range(1, len(ours) + 1))
