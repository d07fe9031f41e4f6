"""Links that open a result without an account: listed, made, paused and let go on."""

from datetime import timedelta

from assessments import access
from assessments.engine.fields import text_fault
from assessments.engine.plain_text import plain_line
from assessments.models import ShareLink
from assessments.services import sharing
from assessments.services.extract import Scope

from . import asked, shapes
from .addresses import absolute
from .one_assessment import ONE
from .operation import OPERATIONS, Call, NotDone

_LINKS, _LINK = f"{ONE}/links", f"{ONE}/links/<int:link_id>"


@OPERATIONS.add("GET", _LINKS, opens="assessment", right="read", gives=shapes.LinkList)
def list_links(call: Call) -> shapes.LinkList:
    """Every link of an assessment, the newest first. Their addresses were told once and are not kept."""
    return shapes.LinkList(links=[_link(one) for one in access.share_links(call.own.assessment)])


@OPERATIONS.add(
    "POST",
    _LINKS,
    opens="assessment",
    right="link",
    sends=asked.SentLink,
    gives=shapes.LinkAnswer,
    status=201,
    like="make_link",
)
def make_link(call: Call) -> shapes.LinkAnswer:
    """Makes a link and tells its address, this once."""
    sent, assessment = call.sent, call.own.assessment
    name = plain_line(sent.name)
    if fault := text_fault(name):
        raise NotDone(422, "There is a problem", f"The name {fault}. Nothing was changed.")
    choices = sharing.Choices(
        name=name,
        version=access.own_version(assessment, sent.version) if sent.version else None,
        scope=Scope(costs=sent.costs, evidence=sent.evidence),
        life=timedelta(days=sent.days),
    )
    try:
        secret = sharing.make_link(assessment, call.actor, choices)
    except sharing.LinksForbidden:
        detail = "This workspace does not allow links for people without an account."
        raise NotDone(409, "No link can be made", detail) from None
    made = access.share_links(assessment).get(token_digest=ShareLink.digest(secret))
    return _link(made, url=absolute(call.request, "shared_result", secret))


@OPERATIONS.add("POST", f"{_LINK}/pause", opens="assessment", right="link", gives=shapes.LinkAnswer)
def pause_link(call: Call) -> shapes.LinkAnswer:
    """The link opens nothing, at once, until it is let go on."""
    link = _own(call)
    sharing.pause(link, call.actor)
    return _link(_own(call))


@OPERATIONS.add("POST", f"{_LINK}/resume", opens="assessment", right="link", gives=shapes.LinkAnswer)
def resume_link(call: Call) -> shapes.LinkAnswer:
    """Lets a paused link go on."""
    link = _own(call)
    sharing.go_on(link, call.actor)
    return _link(_own(call))


def _own(call: Call) -> ShareLink:
    return access.own_link(call.request, call.own.assessment.pk, call.arguments["link_id"])[1]


def _link(link: ShareLink, *, url: str | None = None) -> shapes.LinkAnswer:
    return shapes.LinkAnswer(
        id=link.pk,
        name=link.name,
        version=link.version.number if link.version else None,
        costs=link.with_costs,
        evidence=link.with_evidence,
        state=link.state,
        opened=link.opened,
        expires_at=link.expires_at,
        url=url,
    )
