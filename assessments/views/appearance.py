"""Choosing between light, dark, and as the system says, and the language of the pages."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from assessments import access
from assessments.pages.appearance import COOKIE, THEMES, keep
from assessments.services import people
from assessments.speaking import COOKIE as LANGUAGE
from assessments.speaking import LANGUAGES


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("back", "/")
    on_this_site = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if on_this_site and back.startswith("/") else "/")
    theme, language = request.POST.get("theme", ""), request.POST.get("language", "")
    if theme in THEMES:
        keep(response, COOKIE, theme)
    if language in LANGUAGES:
        keep(response, LANGUAGE, language)
        if person := access.person(request):
            people.keep_language(person, language)
    return response
