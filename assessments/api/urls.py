"""The addresses under /api/v1/: one for each path of the operations, called after the first that stands there."""

from django.urls import path

from . import data, evidence, links, one_assessment, portfolio, report, results, values, versions
from .door import door
from .operation import OPERATIONS

ROOMS = (one_assessment, portfolio, values, results, report, evidence, versions, links, data)
"""What makes the operations, in the order in which they are described."""

app_name = "api"
urlpatterns = [
    path(route, door(at), name=next(iter(at.values())).name)
    for route in dict.fromkeys(one.path for one in OPERATIONS.every)
    for at in [OPERATIONS.at(route)]
]
