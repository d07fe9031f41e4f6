"""Events of the audit trail in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .formats import count, listed
from .sign_off import DECISION_WORDS, day

DONE: Mapping[str, str] = {
    # answering
    "answer": "Changed answers",
    "section": "Saved a section",
    "start": "Started an assessment",
    "import": "Imported a file",
    "copy_sample": "Copied a sample",
    "delete": "Deleted an assessment",
    "restore": "Brought a deleted assessment back",
    "whatif": "Kept what was tried",
    "matrix": "Changed weights or scores",
    "checks": "Ticked points of a checklist",
    "costs": "Changed costs",
    "costs_detail": "Saved costs",
    "costs_approach": "Saved the costs of an approach",
    "costs_number": "Saved a cost",
    "costs_model": "Looked for a model",
    "costs_tuning": "Looked for tuning prices",
    "costs_tokens": "Counted the tokens of a prompt",
    "costs_prices": "Looked at newer prices",
    # comments
    "comment": "Commented",
    "comment_resolved": "Resolved a comment",
    "comment_reopened": "Reopened a comment",
    "comment_taken_back": "Took a comment back",
    "take_back_comment": "Asked to take back somebody else's comment",
    "resolve_comment": "Resolved a comment that was resolved already",
    "reopen_comment": "Reopened a comment that was open already",
    # versions and sign-off
    "freeze": "Froze version {number}",
    "go_back": "Went back to version {number}",
    "ask_sign_off": "Asked for sign-off of version {number}",
    "decide": "Decided on version {number}",
    "withdraw_sign_off": "Took back the request to approve version {number}",
    "withdraw": "Took back a request that was not open",
    "meet_condition": "Ticked off a condition of version {number}",
    "reopen_condition": "Reopened a condition of version {number}",
    "verify": "Had a report checked",
    # links
    "make_link": "Asked for a share link",
    "change_link": "Asked to change a share link",
    "pause_link": "Asked to pause a share link",
    "resume_link": "Asked to let a share link go on",
    "switch_off": "Asked to switch a share link off",
    "reset_tries": "Asked to let people try a passphrase again",
    "link_made": "Made a share link",
    "link_changed": "Changed a share link",
    "link_paused": "Paused a share link",
    "link_resumed": "Let a share link go on",
    "link_off": "Switched a share link off",
    "link_tries_reset": "Let people try a passphrase again",
    "link_opened": "Opened a share link",
    "link_refused": "Typed a wrong passphrase",
    "shared_result": "Asked to open a share link",
    # people and workspaces
    "take_along": "Took along what was tried without an account",
    "start_workspace": "Started a workspace",
    "change_workspace": "Changed the settings of the workspace",
    "choose_workspace": "Went to a workspace",
    "delete_workspace": "Deleted the workspace",
    "restore_workspace": "Brought the workspace back",
    "invite": "Invited somebody",
    "invited": "Looked at an invitation",
    "revoke_invitation": "Took an invitation back",
    "join": "Joined",
    "change_role": "Changed a role",
    "change_member": "Asked to change a role",
    "remove_member": "Removed a member",
    "leave_workspace": "Left",
    # accounts
    "account": "Changed their name",
    "export_account": "Downloaded everything of their own",
    "delete_account": "Deleted their account",
    "restore_account": "Kept their account after all",
    "reset_link": "Made a link to set a new password",
    "sign_in_failed": "Could not sign in",
    "end_sign_in": "Signed out in one of their browsers",
    "end_other_sign_ins": "Signed out in all of their other browsers",
    "account_login": "Signed in",
    "account_logout": "Signed out",
    "account_signup": "Signed up",
    "account_email": "Changed e-mail addresses",
    "account_confirm_email": "Confirmed an e-mail address",
    "account_change_password": "Changed their password",
    "account_set_password": "Set a password",
    "account_reset_password": "Asked for a new password",
    "account_reset_password_from_key": "Set a new password by a link",
    "account_reauthenticate": "Confirmed who they are",
    "mfa_activate_totp": "Switched two-step sign-in on",
    "mfa_deactivate_totp": "Switched two-step sign-in off",
    "mfa_authenticate": "Entered a code",
    "mfa_reauthenticate": "Confirmed who they are by a code",
    "mfa_generate_recovery_codes": "Made new recovery codes",
    "socialaccount_signup": "Signed up by single sign-on",
    "socialaccount_connections": "Changed single sign-on",
    "openid_connect_login": "Went to sign in by single sign-on",
    "openid_connect_callback": "Came back from single sign-on",
}
"""What was done, by the name that the event has: a service's own, or that of the address that was asked."""


KEPT_BY_SERVICES = frozenset(
    {
        *("answer", "ask_sign_off", "change_workspace", "comment", "decide", "delete_account", "delete_workspace"),
        *("export_account", "freeze", "go_back", "invite", "join", "leave_workspace", "meet_condition"),
        *("remove_member", "restore_workspace", "revoke_invitation", "start_workspace"),
    }
)
"""Addresses whose work is recorded where it is done: a record of the request alone says that nothing was done."""


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
        who=event.who,
        words=_words(event.act, details),
        notes=list(_notes(details)),
        about=names.get(assessment, ""),
        assessment=assessment if assessment in names else "",
        broken=broken,
        mac=event.mac,
    )


def _words(act: str, details: Mapping[str, Any]) -> str:
    plain = act.replace("_", " ")
    words = DONE.get(act, plain[:1].upper() + plain[1:])
    words = words.replace("version {number}", f"version {details['number']}" if "number" in details else "a version")
    if isinstance(details.get("status"), int) and details["status"] >= 400:
        return f"{words}: refused"
    if details.get("put_aside"):
        return f"{words}: asked who they are first"
    if act in KEPT_BY_SERVICES and "method" in details:
        return f"{words}: asked for, not done"
    return words


def _notes(details: Mapping[str, Any]) -> list[str]:
    """What the details say beyond the words: whom, how, and with which reasons."""
    notes = []
    if isinstance(changed := details.get("versions"), dict) and changed:
        notes.append(f"{count(len(changed)).capitalize()} answer{'' if len(changed) == 1 else 's'}")
    if approvers := details.get("approvers"):
        notes.append(f"Approvers: {', '.join(approvers)}")
    if due_on := details.get("due_on"):
        notes.append(f"Due {day(date.fromisoformat(due_on))}")
    if decision := details.get("decision"):
        notes.append(DECISION_WORDS.get(decision, (decision,))[0])
    if isinstance(comment := details.get("comment"), str) and comment:
        notes.append(f"“{comment}”")
    if mentioned := details.get("mentioned"):
        notes.append(f"For {listed(mentioned)}")
    if name := details.get("name"):
        notes.append(f"“{name}”")
    if two_step := details.get("two_step"):
        notes.append(f"Two-step sign-in {'is needed from now on' if two_step == 'on' else 'is not needed any more'}")
    if of := details.get("of"):
        notes.append(str(of))
    if email := details.get("email"):
        notes.append(f"For {email}")
    if after := details.get("after"):
        notes.append(f"From {details.get('before')} to {after}")
    elif role := details.get("role"):
        notes.append(f"As {role}")
    notes += [f"Condition: {text}" for text in details.get("conditions") or ()]
    if condition := details.get("condition"):
        notes.append(condition)
    if content_hash := details.get("content_hash"):
        notes.append(f"Content {content_hash[:8]}…")
    return notes
