"""Events of the audit trail in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from assessments.acts import Act
from assessments.framework.currency import currency_words

from .formats import count, listed, number
from .sign_off import DECISION_WORDS, day

DONE: Mapping[Act, str] = {
    # assessments and their answers
    "start_assessment": "Started an assessment",
    "import_assessment": "Imported a file",
    "copy_sample": "Copied a sample",
    "copy_assessment": "Copied an assessment",
    "delete_assessment": "Deleted an assessment",
    "restore_assessment": "Brought a deleted assessment back",
    "answer": "Changed answers",
    "confirm_told": "Confirmed what an agent told",
    "change_costs": "Changed costs",
    "count_tokens": "Counted the tokens of a prompt",
    "change_matrix": "Changed weights or scores",
    "tick_checks": "Ticked points of a checklist",
    # evidence
    "import_evidence": "Handed in files to measure in",
    "read_evidence": "Had files read anew",
    "accept_evidence": "Accepted what files show",
    "remove_evidence": "Removed files and their figures",
    "paste_failures": "Pasted failures to label",
    "label_failure": "Labelled a failure",
    "settle_labels": "Settled labels",
    "remove_failures": "Removed pasted failures",
    "open_round": "Asked several people to answer blind",
    "save_rating": "Answered blind",
    "hand_in_rating": "Handed in answers given blind",
    "decline_round": "Declined to answer blind",
    "close_round": "Closed a round of raters",
    "settle_answers": "Settled answers of several raters",
    # comments
    "comment": "Commented",
    "resolve_comment": "Resolved a comment",
    "reopen_comment": "Reopened a comment",
    "take_back_comment": "Took a comment back",
    # versions and sign-off
    "freeze": "Froze version {number}",
    "go_back": "Went back to version {number}",
    "ask_sign_off": "Asked for sign-off of version {number}",
    "decide": "Decided on version {number}",
    "withdraw_sign_off": "Took back the request to approve version {number}",
    "meet_condition": "Ticked off a condition of version {number}",
    "reopen_condition": "Reopened a condition of version {number}",
    "verify_report": "Had a report checked",
    # links
    "make_link": "Made a share link",
    "change_link": "Changed a share link",
    "pause_link": "Paused a share link",
    "resume_link": "Let a share link go on",
    "switch_off_link": "Switched a share link off",
    "reset_tries": "Let people try a passphrase again",
    "open_link": "Opened a share link",
    "mistype_passphrase": "Typed a wrong passphrase",
    # frameworks of one's own
    "start_framework": "Started a framework of the team's own",
    "change_framework": "Changed the draft of a framework",
    "publish_framework": "Published version {number} of a framework",
    "remove_framework": "Removed the draft “{name}” of a framework",
    "choose_framework": "Chose the framework of new assessments",
    "move_assessment": "Moved an assessment to another framework",
    # people and workspaces
    "make_token": "Made a token for a program",
    "pause_token": "Paused a token",
    "resume_token": "Let a token go on",
    "revoke_token": "Revoked a token",
    "decide_document": "Had a document decided without keeping it",
    # webhooks
    "make_webhook": "Registered a webhook",
    "change_webhook": "Changed a webhook",
    "roll_webhook": "Made a new secret of a webhook",
    "pause_webhook": "Paused a webhook",
    "resume_webhook": "Let a webhook go on",
    "delete_webhook": "Deleted a webhook with its log",
    "try_webhook": "Sent a test to a webhook",
    "send_again": "Sent a message to a webhook again",
    "take_along": "Took along what was tried without an account",
    "start_workspace": "Started a workspace",
    "change_workspace": "Changed the settings of the workspace",
    "change_letterhead": "Changed what stands above the reports",
    "choose_workspace": "Went to a workspace",
    "delete_workspace": "Deleted the workspace",
    "restore_workspace": "Brought the workspace back",
    "invite": "Invited somebody",
    "revoke_invitation": "Took an invitation back",
    "join": "Joined",
    "change_role": "Changed a role",
    "remove_member": "Removed a member",
    "leave_workspace": "Left",
    # accounts
    "change_name": "Changed their name",
    "export_account": "Downloaded everything of their own",
    "delete_account": "Deleted their account",
    "restore_account": "Kept their account after all",
    "make_reset_link": "Made a link to set a new password",
    "fail_sign_in": "Could not sign in",
    "end_sign_in": "Signed out in one of their browsers",
    "end_other_sign_ins": "Signed out in all of their other browsers",
    "sign_in": "Signed in",
    "sign_out": "Signed out",
    "sign_up": "Signed up",
    "change_addresses": "Changed e-mail addresses",
    "confirm_address": "Confirmed an e-mail address",
    "change_password": "Changed their password",
    "set_password": "Set a password",
    "ask_new_password": "Asked for a new password",
    "set_new_password": "Set a new password by a link",
    "confirm_oneself": "Confirmed who they are",
    "confirm_by_code": "Confirmed who they are by a code",
    "switch_two_step_on": "Switched two-step sign-in on",
    "switch_two_step_off": "Switched two-step sign-in off",
    "enter_code": "Entered a code",
    "renew_recovery_codes": "Made new recovery codes",
    "sign_up_elsewhere": "Signed up by single sign-on",
    "change_single_sign_on": "Changed single sign-on",
    "go_to_single_sign_on": "Went to sign in by single sign-on",
    "return_from_single_sign_on": "Came back from single sign-on",
}

FORMERLY: Mapping[str, str] = {
    "start": DONE["start_assessment"],
    "import": DONE["import_assessment"],
    "delete": DONE["delete_assessment"],
    "restore": DONE["restore_assessment"],
    "section": "Saved a section",
    "whatif": "Kept what was tried",
    "matrix": DONE["change_matrix"],
    "checks": DONE["tick_checks"],
    "costs": DONE["change_costs"],
    "costs_detail": "Saved costs",
    "costs_approach": "Saved the costs of a lever",
    "costs_number": "Saved a cost",
    "costs_model": "Looked for a model",
    "costs_tuning": "Looked for tuning prices",
    "costs_tokens": DONE["count_tokens"],
    "costs_prices": "Looked at newer prices",
    "comment_resolved": DONE["resolve_comment"],
    "comment_reopened": DONE["reopen_comment"],
    "comment_taken_back": DONE["take_back_comment"],
    "withdraw": "Took back a request that was not open",
    "verify": DONE["verify_report"],
    "switch_off": "Asked to switch a share link off",
    "link_made": DONE["make_link"],
    "link_changed": DONE["change_link"],
    "link_paused": DONE["pause_link"],
    "link_resumed": DONE["resume_link"],
    "link_off": DONE["switch_off_link"],
    "link_tries_reset": DONE["reset_tries"],
    "link_opened": DONE["open_link"],
    "link_refused": DONE["mistype_passphrase"],
    "shared_result": "Asked to open a share link",
    "invited": "Looked at an invitation",
    "change_member": "Asked to change a role",
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

_IN_WORDS: Mapping[str, str] = {**FORMERLY, **{str(act): words for act, words in DONE.items()}}


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
    words = _IN_WORDS.get(act) or act.replace("_", " ").capitalize()
    words = words.replace("version {number}", f"version {details['number']}" if "number" in details else "a version")
    if isinstance(details.get("status"), int) and details["status"] >= 400:
        return f"{words}: refused"
    if details.get("put_aside"):
        return f"{words}: asked who they are first"
    if act in DONE and act not in DONE_BY_REQUEST and "method" in details:
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
        notes.append(DECISION_WORDS.get(decision, decision))
    if isinstance(comment := details.get("comment"), str) and comment:
        notes.append(f"“{comment}”")
    if mentioned := details.get("mentioned"):
        notes.append(f"For {listed(mentioned)}")
    if name := details.get("name"):
        notes.append(f"“{name}”")
    if url := details.get("url"):
        notes.append(str(url))
    if given_up := details.get("given_up"):
        notes.append(f"After {count(given_up)} messages in a row that nobody took")
    if two_step := details.get("two_step"):
        notes.append(f"Two-step sign-in {'is needed from now on' if two_step == 'on' else 'is not needed any more'}")
    if currency := details.get("currency"):
        notes.append(f"New assessments start in {currency_words(currency)}")
    if rate := details.get("exchange_rate"):
        on = details.get("exchange_rate_day")
        dated = f", of {day(date.fromisoformat(on))}" if on else ""
        notes.append(f"{number(rate)} for one US dollar{dated}")
    if copied_to := details.get("copied_to"):
        notes.append(f"Into {copied_to}")
    if mark := details.get("mark"):
        notes.append(f"Mark: “{mark}”")
    if logo := details.get("logo"):
        notes.append("Another logo" if logo == "new" else "No logo any more")
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
