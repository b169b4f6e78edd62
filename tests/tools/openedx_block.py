"""Serve a package in Open edX's block for SCORM, as its platform does; run where that block is installed.

The block, its page and its scripts are their own; only what the platform around it does is here. What it
published, and what it keeps of the learner, is told at ``/told``.

    python openedx_block.py PACKAGE.zip JQUERY.js FOLDER PORT
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from types import SimpleNamespace
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.conf import settings

PACKAGE, JQUERY, FOLDER = map(Path, sys.argv[1:4])
PORT = int(sys.argv[4])
MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
settings.configure(
    MEDIA_ROOT=str(FOLDER),
    CACHES={"default": MEMORY},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    LMS_ROOT_URL="http://127.0.0.1",
)
django.setup()

from django.core.files import File  # noqa: E402 - Django is set up first
from django.core.files.storage import FileSystemStorage  # noqa: E402
from openedxscorm import ScormXBlock  # noqa: E402
from webob import Request, Response  # noqa: E402
from xblock.field_data import DictFieldData  # noqa: E402
from xblock.fields import ScopeIds  # noqa: E402
from xblock.runtime import MemoryIdManager, Runtime  # noqa: E402

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Unit 7</title>
<script src="/jquery.js"></script><div id="block">{html}</div><script>{scripts}
const runtime = {{ handlerUrl: (_, name) => `/handler/${{name}}` }};
ScormXBlock(runtime, document.getElementById("block"), {words});
</script>"""
LEARNER = SimpleNamespace(
    opt_attrs={
        "edx-platform.user_id": 7,
        "edx-platform.username": "amina",
        "edx-platform.user_role": "student",
        "edx-platform.user_is_staff": False,
    }
)


class Platform(Runtime):
    """What of Open edX is around a block."""

    published: list[tuple[str, dict]] = []

    def handler_url(self, block, handler_name, suffix="", query="", thirdparty=False):  # noqa: ARG002
        return f"/handler/{handler_name}/{suffix}"

    def resource_url(self, resource):
        return f"/resource/{resource}"

    def local_resource_url(self, block, uri):  # noqa: ARG002
        return f"/resource/{uri}"

    def publish(self, block, event_type, event_data):  # noqa: ARG002
        self.published.append((event_type, event_data))


class Block(ScormXBlock):
    """The block, with a folder for its files."""

    location = SimpleNamespace(block_id="usage", org="org", course="course")
    storage = property(lambda _: FileSystemStorage(location=str(FOLDER)))


ids = MemoryIdManager()
users = SimpleNamespace(get_current_user=lambda: LEARNER)
platform = Platform(ids, ids, services={"user": users, "field-data": DictFieldData({})})
block = Block(platform, DictFieldData({}), ScopeIds("7", "scorm", "definition", "usage"))
with PACKAGE.open("rb") as stream:
    uploaded = File(stream, name=PACKAGE.name)
    block.update_package_meta(uploaded)
    block.extract_package(uploaded)
block.update_package_fields()
lock = threading.Lock()


def page() -> Response:
    fragment = block.student_view({"can_view_student_reports": False})
    scripts = "\n".join(one.data for one in fragment.resources if "javascript" in one.mimetype)
    words = json.dumps(fragment.json_init_args)
    return Response(PAGE.format(html=fragment.content, scripts=scripts, words=words))


def told() -> Response:
    return Response(
        json_body={
            "version": block.scorm_version,
            "warnings": block.package_warnings,
            "status": block.lesson_status,
            "grade": block.get_grade(),
            "values": block.scorm_data,
            "published": platform.published,
        }
    )


def answer(environment, start):
    request = Request(environment)
    with lock:
        if request.path == "/":
            response = page()
        elif request.path == "/told":
            response = told()
        elif request.path == "/jquery.js":
            response = Response(JQUERY.read_bytes(), content_type="text/javascript")
        elif request.path.startswith("/handler/"):
            name, _, suffix = request.path.removeprefix("/handler/").partition("/")
            response = block.handle(name, request, suffix)
            block.save()
        else:
            response = Response("<!doctype html><title>Home</title>")
    return response(environment, start)


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


make_server("127.0.0.1", PORT, answer, Server, Quiet).serve_forever()
