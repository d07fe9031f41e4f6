"""Events of the audit trail in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from assessments.acts import Act
from assessments.framework.currency import currency_words
from assessments.speaking import SpokenWords, said_again

from .formats import listed, number, quoted, spelt
from .sign_off import DECISION_WORDS, day
from .words import starting

DONE: Mapping[Act, str] = {
    # assessments and their answers
    "start_assessment": gettext_noop("Started an assessment"),
    "import_assessment": gettext_noop("Imported a file"),
    "copy_sample": gettext_noop("Copied a sample"),
    "copy_assessment": gettext_noop("Copied an assessment"),
    "delete_assessment": gettext_noop("Deleted an assessment"),
    "restore_assessment": gettext_noop("Brought a deleted assessment back"),
    "answer": gettext_noop("Changed answers"),
    "confirm_told": gettext_noop("Confirmed what an agent told"),
    "change_costs": gettext_noop("Changed costs"),
    "count_tokens": gettext_noop("Counted the tokens of a prompt"),
    "change_matrix": gettext_noop("Changed weights or scores"),
    "tick_checks": gettext_noop("Ticked points of a checklist"),
    # evidence
    "import_evidence": gettext_noop("Handed in files to measure in"),
    "read_evidence": gettext_noop("Had files read anew"),
    "accept_evidence": gettext_noop("Accepted what files show"),
    "remove_evidence": gettext_noop("Removed files and their figures"),
    "paste_failures": gettext_noop("Pasted failures to label"),
    "label_failure": gettext_noop("Labelled a failure"),
    "settle_labels": gettext_noop("Settled labels"),
    "remove_failures": gettext_noop("Removed pasted failures"),
    "open_round": gettext_noop("Asked several people to answer blind"),
    "save_rating": gettext_noop("Answered blind"),
    "hand_in_rating": gettext_noop("Handed in answers given blind"),
    "decline_round": gettext_noop("Declined to answer blind"),
    "close_round": gettext_noop("Closed a round of raters"),
    "settle_answers": gettext_noop("Settled answers of several raters"),
    # comments
    "comment": gettext_noop("Commented"),
    "resolve_comment": gettext_noop("Resolved a comment"),
    "reopen_comment": gettext_noop("Reopened a comment"),
    "take_back_comment": gettext_noop("Took a comment back"),
    # versions and sign-off
    "freeze": gettext_noop("Froze version {number}"),
    "go_back": gettext_noop("Went back to version {number}"),
    "ask_sign_off": gettext_noop("Asked for sign-off of version {number}"),
    "decide": gettext_noop("Decided on version {number}"),
    "withdraw_sign_off": gettext_noop("Took back the request to approve version {number}"),
    "meet_condition": gettext_noop("Ticked off a condition of version {number}"),
    "reopen_condition": gettext_noop("Reopened a condition of version {number}"),
    "verify_report": gettext_noop("Had a report checked"),
    # links
    "make_link": gettext_noop("Made a share link"),
    "change_link": gettext_noop("Changed a share link"),
    "pause_link": gettext_noop("Paused a share link"),
    "resume_link": gettext_noop("Let a share link go on"),
    "switch_off_link": gettext_noop("Switched a share link off"),
    "reset_tries": gettext_noop("Let people try a passphrase again"),
    "open_link": gettext_noop("Opened a share link"),
    "mistype_passphrase": gettext_noop("Typed a wrong passphrase"),
    # frameworks of one's own
    "start_framework": gettext_noop("Started a framework of the team's own"),
    "change_framework": gettext_noop("Changed the draft of a framework"),
    "publish_framework": gettext_noop("Published version {number} of a framework"),
    "remove_framework": gettext_noop("Removed the draft “{name}” of a framework"),
    "choose_framework": gettext_noop("Chose the framework of new assessments"),
    "move_assessment": gettext_noop("Moved an assessment to another framework"),
    # people and workspaces
    "make_token": gettext_noop("Made a token for a program"),
    "pause_token": gettext_noop("Paused a token"),
    "resume_token": gettext_noop("Let a token go on"),
    "revoke_token": gettext_noop("Revoked a token"),
    "decide_document": gettext_noop("Had a document decided without keeping it"),
    # webhooks
    "make_webhook": gettext_noop("Registered a webhook"),
    "change_webhook": gettext_noop("Changed a webhook"),
    "roll_webhook": gettext_noop("Made a new secret of a webhook"),
    "pause_webhook": gettext_noop("Paused a webhook"),
    "resume_webhook": gettext_noop("Let a webhook go on"),
    "delete_webhook": gettext_noop("Deleted a webhook with its log"),
    "try_webhook": gettext_noop("Sent a test to a webhook"),
    "send_again": gettext_noop("Sent a message to a webhook again"),
    "take_along": gettext_noop("Took along what was tried without an account"),
    "start_workspace": gettext_noop("Started a workspace"),
    "change_workspace": gettext_noop("Changed the settings of the workspace"),
    "change_letterhead": gettext_noop("Changed what stands above the reports"),
    "choose_workspace": gettext_noop("Went to a workspace"),
    "delete_workspace": gettext_noop("Deleted the workspace"),
    "restore_workspace": gettext_noop("Brought the workspace back"),
    "invite": gettext_noop("Invited somebody"),
    "revoke_invitation": gettext_noop("Took an invitation back"),
    "join": gettext_noop("Joined"),
    "change_role": gettext_noop("Changed a role"),
    "remove_member": gettext_noop("Removed a member"),
    "leave_workspace": gettext_noop("Left"),
    # accounts
    "change_name": gettext_noop("Changed their name"),
    "export_account": gettext_noop("Downloaded everything of their own"),
    "delete_account": gettext_noop("Deleted their account"),
    "restore_account": gettext_noop("Kept their account after all"),
    "make_reset_link": gettext_noop("Made a link to set a new password"),
    "fail_sign_in": gettext_noop("Could not sign in"),
    "end_sign_in": gettext_noop("Signed out in one of their browsers"),
    "end_other_sign_ins": gettext_noop("Signed out in all of their other browsers"),
    "sign_in": gettext_noop("Signed in"),
    "sign_out": gettext_noop("Signed out"),
    "sign_up": gettext_noop("Signed up"),
    "change_addresses": gettext_noop("Changed e-mail addresses"),
    "confirm_address": gettext_noop("Confirmed an e-mail address"),
    "change_password": gettext_noop("Changed their password"),
    "set_password": "Set a password",
    "ask_new_password": gettext_noop("Asked for a new password"),
    "set_new_password": gettext_noop("Set a new password by a link"),
    "confirm_oneself": gettext_noop("Confirmed who they are"),
    "confirm_by_code": gettext_noop("Confirmed who they are by a code"),
    "switch_two_step_on": gettext_noop("Switched two-step sign-in on"),
    "switch_two_step_off": gettext_noop("Switched two-step sign-in off"),
    "enter_code": gettext_noop("Entered a code"),
    "renew_recovery_codes": gettext_noop("Made new recovery codes"),
    "sign_up_elsewhere": gettext_noop("Signed up by single sign-on"),
    "change_single_sign_on": gettext_noop("Changed single sign-on"),
    "go_to_single_sign_on": gettext_noop("Went to sign in by single sign-on"),
    "return_from_single_sign_on": gettext_noop("Came back from single sign-on"),
}

FORMERLY: Mapping[str, str] = {
    "start": DONE["start_assessment"],
    "import": DONE["import_assessment"],
    "delete": DONE["delete_assessment"],
    "restore": DONE["restore_assessment"],
    "section": gettext_noop("Saved a section"),
    "whatif": gettext_noop("Kept what was tried"),
    "matrix": DONE["change_matrix"],
    "checks": DONE["tick_checks"],
    "costs": DONE["change_costs"],
    "costs_detail": gettext_noop("Saved costs"),
    "costs_approach": gettext_noop("Saved the costs of a lever"),
    "costs_number": gettext_noop("Saved a cost"),
    "costs_model": gettext_noop("Looked for a model"),
    "costs_tuning": gettext_noop("Looked for tuning prices"),
    "costs_tokens": DONE["count_tokens"],
    "costs_prices": gettext_noop("Looked at newer prices"),
    "comment_resolved": DONE["resolve_comment"],
    "comment_reopened": DONE["reopen_comment"],
    "comment_taken_back": DONE["take_back_comment"],
    "withdraw": gettext_noop("Took back a request that was not open"),
    "verify": DONE["verify_report"],
    "switch_off": gettext_noop("Asked to switch a share link off"),
    "link_made": DONE["make_link"],
    "link_changed": DONE["change_link"],
    "link_paused": DONE["pause_link"],
    "link_resumed": DONE["resume_link"],
    "link_off": DONE["switch_off_link"],
    "link_tries_reset": DONE["reset_tries"],
    "link_opened": DONE["open_link"],
    "link_refused": DONE["mistype_passphrase"],
    "shared_result": gettext_noop("Asked to open a share link"),
    "invited": gettext_noop("Looked at an invitation"),
    "change_member": gettext_noop("Asked to change a role"),
    "account": DONE["change_name"],
    "reset_link": DONE["make_reset_link"],
    "sign_in_failed": DONE["fail_sign_in"],
    "account_login": DONE["sign_in"],
    "account_logout": DONE["sign_out"],
    "account_signup": DONE["sign_up"],
    "account_email": DONE["change_addresses"],
    "account_confirm_email": DONE["confirm_address"],
    "account_change_password": DONE["change_password"],
    "account_set_password": DONE["set_password"],
    "account_reset_password": DONE["ask_new_password"],
    "account_reset_password_from_key": DONE["set_new_password"],
    "account_reauthenticate": DONE["confirm_oneself"],
    "mfa_activate_totp": DONE["switch_two_step_on"],
    "mfa_deactivate_totp": DONE["switch_two_step_off"],
    "mfa_authenticate": DONE["enter_code"],
    "mfa_reauthenticate": DONE["confirm_by_code"],
    "mfa_generate_recovery_codes": DONE["renew_recovery_codes"],
    "socialaccount_signup": DONE["sign_up_elsewhere"],
    "socialaccount_connections": DONE["change_single_sign_on"],
    "openid_connect_login": DONE["go_to_single_sign_on"],
    "openid_connect_callback": DONE["return_from_single_sign_on"],
}
"""Names that events have which were recorded before acts had names of their own: a chain is never written anew."""

DONE_BY_REQUEST: frozenset[Act] = frozenset(
    {
        *("count_tokens", "verify_report", "choose_workspace"),
        *("end_sign_in", "end_other_sign_ins"),
        *("sign_in", "sign_out", "sign_up", "change_addresses", "confirm_address"),
        *("change_password", "set_password", "ask_new_password", "set_new_password"),
        *("confirm_oneself", "confirm_by_code", "switch_two_step_on", "switch_two_step_off", "enter_code"),
        *("renew_recovery_codes", "sign_up_elsewhere", "change_single_sign_on"),
        *("go_to_single_sign_on", "return_from_single_sign_on"),
    }
)
"""What is done by a request that no service records. Of every other act a record of the request alone says that
nothing was done."""

_ROLES = SpokenWords(
    owner=gettext_noop("owner"),
    editor=gettext_noop("editor"),
    approver=gettext_noop("approver"),
    viewer=gettext_noop("viewer"),
)
_IN_WORDS: Mapping[str, str] = {**FORMERLY, **{str(act): words for act, words in DONE.items()}}


_WHO = (
    gettext_noop("Somebody without an account"),
    gettext_noop("Somebody with the link “{link}”"),
    gettext_noop("Somebody as {address}"),
    gettext_noop("The command line"),
    gettext_noop("The site"),
    gettext_noop("{who}, through the token “{token}”"),
)
"""Who did something is kept in English, and nobody can change it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    sequence: int
    at: datetime
    who: str
    words: str
    notes: Sequence[str]
    about: str
    """The name of the assessment, where it is still known."""
    assessment: str
    broken: bool
    mac: str


def present_event(event: Any, *, names: Mapping[str, str], broken: bool) -> EventView:
    """One event. `names` has the names of assessments by their ids."""
    details: Mapping[str, Any] = event.details
    assessment = event.about.partition(".")[0]
    return EventView(
        sequence=event.sequence,
        at=event.at,
        who=said_again(event.who, _WHO),
        words=_words(event.act, details),
        notes=list(_notes(details)),
        about=names.get(assessment, ""),
        assessment=assessment if assessment in names else "",
        broken=broken,
        mac=event.mac,
    )


def _words(act: str, details: Mapping[str, Any]) -> str:
    words = _done(act)
    if "name" in details:
        words = words.replace("{name}", str(details["name"]))
    which = _("version {number}")
    told = which.format(number=details["number"]) if "number" in details else _("a version")
    words = starting(words.replace(which, told))
    if isinstance(details.get("status"), int) and details["status"] >= 400:
        return _("{done}: refused").format(done=words)
    if details.get("put_aside"):
        return _("{done}: asked who they are first").format(done=words)
    if act in DONE and act not in DONE_BY_REQUEST and "method" in details:
        return _("{done}: asked for, not done").format(done=words)
    return words


def _done(act: str) -> str:
    words = _IN_WORDS.get(act)
    if words is None:
        return act.replace("_", " ").capitalize()
    return pgettext("done", "Set a password") if words == DONE["set_password"] else _(words)


def _role(role: Any) -> str:
    return _ROLES.get(role, str(role))


def _notes(details: Mapping[str, Any]) -> list[str]:
    """What the details say beyond the words: whom, how, and with which reasons."""
    notes = []
    if isinstance(changed := details.get("versions"), dict) and changed:
        notes.append(starting(spelt(len(changed), "{n} answer", "{n} answers")))
    if approvers := details.get("approvers"):
        notes.append(_("Approvers: {names}").format(names=", ".join(approvers)))
    if due_on := details.get("due_on"):
        notes.append(_("Due {day}").format(day=day(date.fromisoformat(due_on))))
    if decision := details.get("decision"):
        notes.append(DECISION_WORDS.get(decision, decision))
    if isinstance(comment := details.get("comment"), str) and comment:
        notes.append(quoted(comment))
    if mentioned := details.get("mentioned"):
        notes.append(_("For {names}").format(names=listed(mentioned)))
    if name := details.get("name"):
        notes.append(quoted(name))
    if url := details.get("url"):
        notes.append(str(url))
    if given_up := details.get("given_up"):
        notes.append(
            spelt(
                given_up,
                "After {n} message in a row that nobody took",
                "After {n} messages in a row that nobody took",
            )
        )
    if two_step := details.get("two_step"):
        needed, spared = _("Two-step sign-in is needed from now on"), _("Two-step sign-in is not needed any more")
        notes.append(needed if two_step == "on" else spared)
    if currency := details.get("currency"):
        notes.append(_("New assessments start in {currency}").format(currency=currency_words(currency)))
    if rate := details.get("exchange_rate"):
        on = details.get("exchange_rate_day")
        told = _("{rate} for one US dollar, of {day}") if on else _("{rate} for one US dollar")
        notes.append(told.format(rate=number(rate), day=on and day(date.fromisoformat(on))))
    if copied_to := details.get("copied_to"):
        notes.append(_("Into {name}").format(name=copied_to))
    if mark := details.get("mark"):
        notes.append(_("Mark: {mark}").format(mark=quoted(mark)))
    if logo := details.get("logo"):
        notes.append(_("Another logo") if logo == "new" else _("No logo any more"))
    if of := details.get("of"):
        notes.append(str(of))
    if email := details.get("email"):
        notes.append(_("For {names}").format(names=email))
    if after := details.get("after"):
        notes.append(_("From {before} to {after}").format(before=_role(details.get("before")), after=_role(after)))
    elif role := details.get("role"):
        notes.append(_("As {role}").format(role=_role(role)))
    notes += [_("Condition: {text}").format(text=text) for text in details.get("conditions") or ()]
    if condition := details.get("condition"):
        notes.append(condition)
    if content_hash := details.get("content_hash"):
        notes.append(_("Content {digits}…").format(digits=content_hash[:8]))
    return notes
