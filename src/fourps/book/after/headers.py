"""The headers that a host should send with each page: a policy, and what it may not do."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from fourps.book.after.bare_pages import CHARSET
from fourps.book.after.built import Built
from fourps.course.local import LOCAL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
CHANGES = "no-cache"
# for a year: the address of whatever stands there changes with its content
STAYS = "public, max-age=31536000, immutable"
_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


def script_hashes(*pages: bytes) -> list[str]:
    """Return the hashes of the inline scripts of some pages, each once, as a policy names them."""
    scripts = dict.fromkeys(script for page in pages for script in _SCRIPT.findall(page))
    hashes = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts)
    return [f"'sha256-{digest}'" for digest in hashes]


def page_policy(*pages: bytes) -> str:
    """Return a policy that a page can carry itself, where its host sends none.

    Nothing comes from elsewhere, and of inline scripts only those of these pages run.

    Examples
    --------
    >>> page_policy(b"<p>x</p>").split("; ")[:3]
    ["default-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data:"]
    """
    scripts = " ".join(["script-src 'self'", *script_hashes(*pages)])
    return (
        f"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; {scripts}; "
        "object-src 'none'; base-uri 'self'; form-action 'self'"
    )


def with_policy(page: bytes) -> bytes:
    """Return a page that carries its policy, for hosts that send no headers of ours."""
    policy = f'<meta http-equiv="Content-Security-Policy" content="{page_policy(page)}">'
    return page.replace(CHARSET.encode(), (CHARSET + policy).encode(), 1)


def content_security_policy(*pages: bytes) -> str:
    """Return the policy that a host sends; only there can it forbid frames.

    In a frame the button "Leave" would leave the frame, and not the page around it.

    Examples
    --------
    >>> content_security_policy(b"<p>x</p>").rpartition("; ")[2]
    "frame-ancestors 'none'"
    """
    return f"{page_policy(*pages)}; frame-ancestors 'none'"


def site_headers(html: Path) -> dict[str, str]:
    """Return the headers that are the same for every page of a built book."""
    pages = (path.read_bytes() for path in Built(html).pages)
    return {"Content-Security-Policy": content_security_policy(*pages), **ALWAYS}


def headers_file(headers: dict[str, str], top: str = "/", folders: Collection[str] = ("",)) -> str:
    r"""Return the file ``_headers`` that several static hosts read.

    `headers` are those of `site_headers`; the book begins on its host at `top`, with a slash at
    both ends, and each language at one of the `folders` below, with a slash at its end.

    Examples
    --------
    >>> headers_file({"A": "b"}, "/four-ps/").splitlines()[:2]
    ['/four-ps/*', '  A: b']
    """
    # no address may match two rules that set the same header: some hosts would join them
    rules = [("*", headers)]
    for folder in folders:
        for path, kept in (("_static/*", STAYS), ("worker.js", CHANGES), ("offline.json", CHANGES)):
            rules.append((f"{folder}{path}", {"Cache-Control": kept}))
    rules.append((LOCAL, {"Cache-Control": CHANGES}))
    return "".join(
        f"{top}{path}\n" + "".join(f"  {name}: {value}\n" for name, value in named.items())
        for path, named in rules
    )


# by it a file that we wrote is known again
NGINX = "# Include this in a server block in whose root the published folder stands as"


def nginx(
    headers: dict[str, str],
    moved: Iterable[tuple[str, str]],
    top: str = "/",
    folders: Collection[str] = ("",),
) -> str:
    """Return what belongs into nginx's ``server`` block.

    `moved` has old and new addresses, both from the top of the host; the rest is as for
    `headers_file`.
    """
    add = "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items())
    redirects = "".join(f"location = {old} {{ return 301 {new}; }}\n" for old, new in moved)
    here = re.escape(top)
    one_of = f"({'|'.join(map(re.escape, folders))})" if len(folders) > 1 else ""
    return (
        f"{NGINX} {top}\n"
        "# It was written with the pages: their inline scripts have these hashes.\n"
        "gzip_static on;\n"
        "# what stands between would else give it to those who cannot read it\n"
        "gzip_vary on;\n"
        "# brotli_static on;  # where nginx has the module\n"
        "location ~ \\.webmanifest$ { default_type application/manifest+json; }\n"
        f"error_page 404 {top}404.html;\n"
        f"{add}"
        "set $cache_policy no-cache;\n"
        f'if ($uri ~ "^{here}{one_of}_static/") {{ set $cache_policy "{STAYS}"; }}\n'
        "add_header Cache-Control $cache_policy always;\n"
        f'location ~ "^{here}_(headers|redirects)$" {{ return 404; }}\n'
        f"{redirects}"
    )
