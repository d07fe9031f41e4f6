"""What every address gives to whom, and what stands in the addresses of a team's things."""

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ACTORS = ("owner", "nobody", "stranger", "link visitor")
PAGE, DONE, FAULTY, NOT_SIGNED_IN, FORBIDDEN = 200, 302, 422, 401, 403
NOT_FOUND, NO_SUCH_VERB, CONFLICT = 404, 405, 409

# URL name: what GET and POST give the owner, and what they give everybody else. No other verb is taken anywhere.
EXPECTED = {
    "landing": ((PAGE, NO_SUCH_VERB), (PAGE, NO_SUCH_VERB)),
    "privacy": ((PAGE, NO_SUCH_VERB), (PAGE, NO_SUCH_VERB)),
    "method": ((PAGE, NO_SUCH_VERB), (PAGE, NO_SUCH_VERB)),
    "precedents": ((PAGE, NO_SUCH_VERB), (PAGE, NO_SUCH_VERB)),
    "appearance": ((NO_SUCH_VERB, DONE), (NO_SUCH_VERB, DONE)),
    "start": ((NO_SUCH_VERB, DONE), (NO_SUCH_VERB, DONE)),
    "assessments": ((PAGE, NO_SUCH_VERB), (PAGE, NO_SUCH_VERB)),
    "import": ((PAGE, FAULTY), (PAGE, FAULTY)),
    "overview": ((PAGE, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "check": ((PAGE, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "result": ((PAGE, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "chances": ((PAGE, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "figures": ((PAGE, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "report": ((PAGE, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "export": ((PAGE, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "delete": ((PAGE, DONE), (NOT_FOUND, NOT_FOUND)),
    "restore": ((NO_SUCH_VERB, DONE), (NO_SUCH_VERB, NOT_FOUND)),
    "whatif": ((PAGE, DONE), (NOT_FOUND, NOT_FOUND)),
    "matrix": ((NO_SUCH_VERB, DONE), (NO_SUCH_VERB, NOT_FOUND)),
    "comments": ((FORBIDDEN, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),  # a trial has nobody to talk to
    "comment": ((NO_SUCH_VERB, FORBIDDEN), (NO_SUCH_VERB, NOT_FOUND)),
    "resolve_comment": ((NO_SUCH_VERB, FORBIDDEN), (NO_SUCH_VERB, NOT_FOUND)),
    "reopen_comment": ((NO_SUCH_VERB, FORBIDDEN), (NO_SUCH_VERB, NOT_FOUND)),
    "take_back_comment": ((NO_SUCH_VERB, FORBIDDEN), (NO_SUCH_VERB, NOT_FOUND)),
    "waiting": ((DONE, NO_SUCH_VERB), (DONE, NO_SUCH_VERB)),  # to sign in first
    "checks": ((NO_SUCH_VERB, DONE), (NO_SUCH_VERB, NOT_FOUND)),
    "links": ((PAGE, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "make_link": ((PAGE, PAGE), (NOT_FOUND, NOT_FOUND)),
    "change_link": ((PAGE, DONE), (NOT_FOUND, NOT_FOUND)),
    "pause_link": ((NO_SUCH_VERB, DONE), (NO_SUCH_VERB, NOT_FOUND)),
    "resume_link": ((NO_SUCH_VERB, DONE), (NO_SUCH_VERB, NOT_FOUND)),
    "reset_tries": ((NO_SUCH_VERB, DONE), (NO_SUCH_VERB, NOT_FOUND)),
    "switch_off": ((PAGE, DONE), (NOT_FOUND, NOT_FOUND)),
    "answer": ((NO_SUCH_VERB, DONE), (NO_SUCH_VERB, NOT_FOUND)),
    "costs_detail": ((PAGE, DONE), (NOT_FOUND, NOT_FOUND)),
    "costs_approach": ((PAGE, DONE), (NOT_FOUND, NOT_FOUND)),
    "costs_number": ((NO_SUCH_VERB, DONE), (NO_SUCH_VERB, NOT_FOUND)),
    "costs_model": ((PAGE, FAULTY), (NOT_FOUND, NOT_FOUND)),
    "costs_tuning": ((PAGE, FAULTY), (NOT_FOUND, NOT_FOUND)),
    "costs_tokens": ((PAGE, FAULTY), (NOT_FOUND, NOT_FOUND)),
    "costs_prices": ((PAGE, CONFLICT), (NOT_FOUND, NOT_FOUND)),
    "versions": ((PAGE, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "freeze": ((NO_SUCH_VERB, DONE), (NO_SUCH_VERB, NOT_FOUND)),
    "version": ((PAGE, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "version_report": ((PAGE, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "version_diff": ((PAGE, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "go_back": ((PAGE, DONE), (NOT_FOUND, NOT_FOUND)),
    "history": ((PAGE, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "answer_history": ((PAGE, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "sign_off": ((PAGE, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    # The owner here tries without an account, and nobody signs off without one.
    "ask_sign_off": ((FORBIDDEN, FORBIDDEN), (NOT_FOUND, NOT_FOUND)),
    "decide": ((FORBIDDEN, FORBIDDEN), (NOT_FOUND, NOT_FOUND)),
    "withdraw": ((NO_SUCH_VERB, FORBIDDEN), (NO_SUCH_VERB, NOT_FOUND)),
    "meet_condition": ((NO_SUCH_VERB, FORBIDDEN), (NO_SUCH_VERB, NOT_FOUND)),
    "audit": ((NOT_FOUND, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "verify": ((PAGE, FAULTY), (PAGE, FAULTY)),
    "section": ((PAGE, DONE), (NOT_FOUND, NOT_FOUND)),
    # Of a workspace that is nobody's here; tests/views/test_portfolio.py has its members.
    "portfolio": ((NOT_FOUND, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "compare": ((NOT_FOUND, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "portfolio_csv": ((NOT_FOUND, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "portfolio_workbook": ((NOT_FOUND, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "portfolio_page": ((NOT_FOUND, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    "shared_chances": ((PAGE, NO_SUCH_VERB), (PAGE, NO_SUCH_VERB)),
    "shared_figures": ((PAGE, NO_SUCH_VERB), (PAGE, NO_SUCH_VERB)),
    "shared_result": ((PAGE, DONE), (PAGE, DONE)),
    "shared_report": ((PAGE, NO_SUCH_VERB), (PAGE, NO_SUCH_VERB)),
    "sample": ((PAGE, NO_SUCH_VERB), (PAGE, NO_SUCH_VERB)),
    "sample_chances": ((PAGE, NO_SUCH_VERB), (PAGE, NO_SUCH_VERB)),
    "sample_figures": ((PAGE, NO_SUCH_VERB), (PAGE, NO_SUCH_VERB)),
    "sample_report": ((PAGE, NO_SUCH_VERB), (PAGE, NO_SUCH_VERB)),
    "copy_sample": ((NO_SUCH_VERB, DONE), (NO_SUCH_VERB, DONE)),
    # accounts: forms that were sent empty are shown again; what takes an account leads to signing in
    **dict.fromkeys(("account_login", "account_signup", "account_reset_password"), ((PAGE, PAGE), (PAGE, PAGE))),
    **dict.fromkeys(
        (
            "account_inactive",
            "account_email_verification_sent",
            "account_reset_password_done",
            "account_reset_password_from_key_done",
            "socialaccount_login_cancelled",
        ),
        ((PAGE, NO_SUCH_VERB), (PAGE, NO_SUCH_VERB)),
    ),
    "socialaccount_login_error": ((NOT_SIGNED_IN, NO_SUCH_VERB), (NOT_SIGNED_IN, NO_SUCH_VERB)),
    "account_reset_password_from_key": ((PAGE, PAGE), (PAGE, PAGE)),
    "account_confirm_email": ((PAGE, NOT_FOUND), (PAGE, NOT_FOUND)),
    **dict.fromkeys(("openid_connect_login", "openid_connect_callback"), ((NOT_FOUND, NOT_FOUND),) * 2),
    **dict.fromkeys(
        (
            "account_logout",
            "account_reauthenticate",
            "account_email",
            "account_change_password",
            "account_set_password",
            "mfa_authenticate",
            "mfa_reauthenticate",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_generate_recovery_codes",
            "socialaccount_connections",
            "socialaccount_signup",
            "account",
            "delete_account",
            "export_account",
        ),
        ((DONE, DONE), (DONE, DONE)),
    ),
    **dict.fromkeys(
        ("mfa_index", "mfa_view_recovery_codes", "mfa_download_recovery_codes", "workspaces", "sign_ins"),
        ((DONE, NO_SUCH_VERB), (DONE, NO_SUCH_VERB)),
    ),
    **dict.fromkeys(
        ("start_workspace", "end_sign_in", "end_other_sign_ins"), ((NO_SUCH_VERB, DONE), (NO_SUCH_VERB, DONE))
    ),
    # workspaces: nobody of these is a member
    "workspace": ((NOT_FOUND, NO_SUCH_VERB), (NOT_FOUND, NO_SUCH_VERB)),
    **dict.fromkeys(
        (
            *("leave_workspace", "delete_workspace", "change_workspace", "change_member", "remove_member"),
            *("join", "invited"),
        ),
        ((NOT_FOUND, NOT_FOUND), (NOT_FOUND, NOT_FOUND)),
    ),
    **dict.fromkeys(
        (
            "choose_workspace",
            "restore_workspace",
            "invite",
            "revoke_invitation",
        ),
        ((NO_SUCH_VERB, NOT_FOUND), (NO_SUCH_VERB, NOT_FOUND)),
    ),
}
# Addresses at which a successful POST by somebody who is not the owner makes something of their own.
OPEN_TO_ALL = {"start", "copy_sample", "appearance"}

OF_A_TEAM = {
    "workspace_id": "abcdefghjkmn",
    "number": "1",
    "other": "now",
    "sign_off_id": "1",
    "condition_id": "1",
    "sign_in_id": "1",
}
