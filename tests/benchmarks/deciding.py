"""How long one decision takes: a full document, and one with every answer open."""

import json

import numpy as np

from assessments.engine.decide import decide, verdict_on
from assessments.engine.document import load_document
from assessments.engine.matrix import first_shares
from assessments.framework import load_framework
from tests.documents import example_document, named

from .measure import line, medians


def run() -> None:
    framework = load_framework()
    text = json.dumps(example_document("task_api"))
    full, empty = load_document(text, framework), load_document(json.dumps(named()), framework)
    matrix = decide(framework, full).matrix
    scores = np.array([[cell.score for cell in row.cells.values()] for row in matrix.rows])
    weights = np.array(list(matrix.weights.values()), dtype=float)
    took = medians(
        {
            "read": lambda: load_document(text, framework),
            "verdict": lambda: verdict_on(framework, full),
            "decide": lambda: decide(framework, full),
            "unsure": lambda: decide(framework, empty),
            "weightings": lambda: first_shares(scores, weights),
        },
        times=15,
    )
    line("decide() of a full document", took["decide"], " ms", 30)
    line("decide() with every answer open", took["unsure"], " ms", 150)
    line("10,000 weightings of the matrix", took["weightings"], " ms", 50)
    print(f"{'  reading the document':<62}{took['read']:8.1f} ms")
    print(f"{'  the verdict alone, as while somebody answers':<62}{took['verdict']:8.1f} ms")
