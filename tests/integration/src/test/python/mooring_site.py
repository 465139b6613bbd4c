"""A site of the real Django with a login, for the tests that share its users and sessions."""

from django.contrib import auth
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import path


def login(request):
    user = auth.authenticate(request, username=request.POST["username"], password=request.POST["password"])
    if user is None:
        return HttpResponse("refused", status=403)
    auth.login(request, user)
    return HttpResponse("welcome")


def logout(request):
    auth.logout(request)
    return HttpResponse("bye")


def whoami(request):
    return HttpResponse(request.user.get_username() or "-")


def form(request):
    return HttpResponse(get_token(request))


def remember(request):
    request.session[request.GET["name"]] = request.GET["value"]
    return HttpResponse("remembered")


def recall(request):
    return HttpResponse(request.session.get(request.GET["name"], "-"))


urlpatterns = [
    path("login", login),
    path("logout", logout),
    path("whoami", whoami),
    path("form", form),
    path("remember", remember),
    path("recall", recall),
]
