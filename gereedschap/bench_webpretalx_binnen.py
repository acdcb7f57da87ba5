"""Runs inside pretalx's own environment: makes an event and prints CPU milliseconds per job as one line of JSON.

pretalx as it comes (SQLite, no cache server, its templates cached as in production), called with Django's own test
client in this one process. The jobs are those of bench_web.py: the reviewer's dashboard with 15 and 500 proposals,
saving a review with three marks and a text, and the list of proposals with their scores for who decides, with 500.
"""

# ruff: noqa: E402, E501, DTZ011, S106  # Django is configured before its models can be read

import datetime as dt
import json
import os
import sys
import tempfile
import time
from pathlib import Path

MAP = Path(tempfile.mkdtemp(prefix="bench-pretalx-"))
os.environ |= {"PRETALX_DATA_DIR": str(MAP), "PRETALX_DEBUG": "False", "PRETALX_NO_INITIAL_LOG": "1",
               "DJANGO_SETTINGS_MODULE": "pretalx.settings"}  # fmt: skip

import django
from django.conf import settings

settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
settings.ALLOWED_HOSTS, settings.VITE_IGNORE = ["*"], True
settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = False
django.setup()

from django.core.management import call_command
from django.test import Client
from django_scopes import scope, scopes_disabled
from pretalx.event.models import Event, Organiser, Team
from pretalx.person.models import User
from pretalx.submission.models import Review, ReviewScore, ReviewScoreCategory, Submission, SubmissionStates


def maak(slug, aantal, organisator, mensen):
    """An event of which every proposal has three reviews with three marks, but none of the one who will review."""
    vandaag = dt.date.today()
    event = Event.objects.create(name=slug, slug=slug, organiser=organisator, date_from=vandaag, date_to=vandaag,
                                 email="a@example.org", timezone="Europe/Amsterdam", is_public=True, plugins="")  # fmt: skip
    with scope(event=event):
        event.build_initial_data()
        fase = event.review_phases.first()
        fase.start = fase.end = None
        fase.is_active = True
        fase.save()
        soorten = [event.score_categories.first()]
        for naam in ("Samen", "Bewoners"):
            soort = ReviewScoreCategory.objects.create(event=event, name=naam)
            for n in range(3):
                ReviewScore.objects.create(category=soort, value=n, label=str(n))
            soorten.append(soort)
        for n in range(aantal):
            s = Submission.objects.create(event=event, title=f"Voorstel {n}", submission_type=event.cfp.default_type,
                                          state=SubmissionStates.SUBMITTED, abstract="Wij brengen mensen bij elkaar.",
                                          content_locale="en")  # fmt: skip
            s.speakers.add(mensen[1 + n % 3])  # nobody reviews what is his own
            for wie in mensen[1:]:
                r = Review.objects.create(submission=s, user=wie, text="Dit oordeel volgt uit het voorstel.")
                r.scores.set([k.scores.all()[n % 3] for k in soorten])
                r.save()
    return event


def cpu(doe, keer):
    tijden = []
    for n in range(keer + 2):
        start = time.process_time()
        doe(n)
        tijden.append((time.process_time() - start) * 1000)
    return round(min(tijden[2:]), 1)


def pagina(client, adres):
    antwoord = client.get(adres, HTTP_ACCEPT_ENCODING="gzip")
    if antwoord.status_code != 200:
        raise SystemExit(f"{adres}: {antwoord.status_code} {antwoord.get('location', '')}")
    return antwoord


def bewaar(client, event):
    """Job: save a review anew, with another text and other marks each time."""
    with scope(event=event):
        s = event.submissions.first()
        soorten = [(k.id, [v.id for v in k.scores.all()]) for k in event.score_categories.all()]
        adres = s.orga_urls.reviews

    def doe(n):
        velden = {f"score_{k}": waarden[n % len(waarden)] for k, waarden in soorten}
        velden |= {"text": f"Reden nummer {n} in eigen woorden over dit ene voorstel.", "review_submit": "save"}
        antwoord = client.post(adres, velden)
        if antwoord.status_code != 302:
            raise SystemExit(f"{adres}: {antwoord.status_code}")

    return doe


@scopes_disabled()
def hoofd():
    call_command("migrate", verbosity=0)
    mensen = [User.objects.create_user(email=f"u{n}@example.org", password="x", name=f"U{n}") for n in range(4)]
    baas = User.objects.create_user(email="baas@example.org", password="x", name="Baas")
    organisator = Organiser.objects.create(name="Gemeente", slug="gemeente")
    klein, groot = (maak(f"ronde{n}", n, organisator, mensen) for n in (15, 500))
    team = Team.objects.create(organiser=organisator, name="Lezers", all_events=True, is_reviewer=True)
    team.members.set(mensen)
    leiding = Team.objects.create(organiser=organisator, name="Leiding", all_events=True, can_change_submissions=True,
                                  can_change_event_settings=True)  # fmt: skip
    leiding.members.set([baas])
    lezer, leider = Client(), Client()
    lezer.force_login(mensen[0])
    leider.force_login(baas)
    uit = {
        "bureau 15": cpu(lambda _: pagina(lezer, f"/orga/event/{klein.slug}/reviews/"), 7),
        "bureau 500": cpu(lambda _: pagina(lezer, f"/orga/event/{groot.slug}/reviews/"), 3),
        "score": cpu(bewaar(lezer, klein), 9),
        "rangorde 500": cpu(
            lambda _: pagina(leider, f"/orga/event/{groot.slug}/reviews/?sort=-median_score&page_size=500"), 3
        ),
    }
    rijen = pagina(leider, f"/orga/event/{groot.slug}/reviews/?page_size=500").content.count(b"Voorstel ")
    sys.stdout.write("\n" + json.dumps({"versie": __import__("pretalx").__version__, "rijen": rijen, "ms": uit}) + "\n")


hoofd()
