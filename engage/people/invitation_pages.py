"""Where a link leads that somebody was sent: to a first password, or to a new one."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request, url_for

from engage import clock
from engage.access.accounts import AccountRefused
from engage.access.form_pages import form_page, refuse
from engage.access.guards import public
from engage.access.letting_in import let_in, this_browser
from engage.access.passwords import PasswordRefused, check_new_password, hash_password
from engage.access.signed_in import expect_form
from engage.access.signing_in import Outcome, password_given
from engage.access.staff_pages import staff_page
from engage.access.throttling import count_wrong_link, network_of
from engage.people.forms import ChoosePasswordForm, SetUpAccountForm
from engage.people.invitations import accept_invitation, find_invitation
from engage.services import services

blueprint = Blueprint("invitation", __name__, url_prefix="/staff")


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@public
def accept(token: str) -> Response:
    expect_form()
    with services().database.reading() as session:
        invitation = find_invitation(session, token=token, at=clock.now())
    if invitation is None:
        return _opens_nothing()
    is_new = invitation.account_id is None
    form = SetUpAccountForm() if is_new else ChoosePasswordForm()
    if not form.is_sent():
        return form_page("access/invitation.html", form, is_new=is_new)
    try:
        check_new_password(form.password.data or "", email=invitation.email)
        outcome = _accepted(token, form.data.get("name", ""), hash_password(form.password.data or ""))
    except (PasswordRefused, AccountRefused) as refusal:
        refuse(form, "password", str(refusal))
        return form_page("access/invitation.html", form, is_new=is_new)
    return _opens_nothing() if outcome is None else let_in(outcome, url_for("studio.home"))


def _accepted(token: str, name: str, password_hash: str) -> Outcome | None:
    """None if somebody else was quicker with the same link."""
    settings, at = services().settings, clock.now()
    with services().database.writing() as session:
        account = accept_invitation(session, token=token, name=name, password_hash=password_hash, at=at)
        if account is None:
            return None
        browser = this_browser(account.email)
        return password_given(session, settings, account=account, browser=browser, at=at)


def _opens_nothing() -> Response:
    """The same for every link that opens nothing, whatever the reason."""
    with services().database.writing() as session:
        key, network = services().settings.secret_key, network_of(request.remote_addr)
        allowed = count_wrong_link(session, network, secret_key=key, at=clock.now())
    return make_response(staff_page("access/invitation_over.html"), 404 if allowed else 429)
