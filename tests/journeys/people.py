"""People of one workspace, each in a browser of their own."""

import json
import re
from collections.abc import Callable, Mapping

from playwright.sync_api import BrowserContext, Page

from .server import inside

PASSWORD = "correct horse battery"
_MAKE = """
import json
import re
from assessments.models import Membership, User, Workspace
workspace = Workspace.objects.create(name="Support")
for name, email, role in json.loads({people!r}):
    user = User.objects.create_user(email, name=name, password={password!r})
    Membership.objects.create(workspace=workspace, user=user, role=role)
"""


def team(
    server: str, visitor: Callable[..., BrowserContext], people: Mapping[str, str], *, of: str, **options: bool
) -> list[Page]:
    """A page for each of these people, by name and role. `of` makes their addresses differ from those of others."""
    addresses = {name: f"{name.lower().replace(' ', '.')}@{of}.example.org" for name in people}
    rows = [[name, addresses[name], role] for name, role in people.items()]
    inside(server, _MAKE.format(people=json.dumps(rows), password=PASSWORD))
    return [_signed_in(visitor(**options).new_page(), addresses[name]) for name in people]


def _signed_in(page: Page, address: str) -> Page:
    """Sends the form of the sign-in page, which other journeys look at."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.request.get("/accounts/login/").text())
    assert found
    form: dict[str, str | float | bool] = {
        "csrfmiddlewaretoken": found[1],
        "login": address,
        "password": PASSWORD,
    }
    assert page.request.post("/accounts/login/", form=form).url.endswith("/assessments/")
    return page
