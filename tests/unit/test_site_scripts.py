"""The scripts of the site, and what is packed of others, as it was published."""

import hashlib
import json
import re
from pathlib import Path

from tests.browser import chromium
from tests.hexo import npm

STATIC = Path(__file__).parents[2] / "templates" / "site" / "static"
VENDOR = STATIC / "vendor"
PHOTOSWIPE = "5.4.4"
# Of the files in the npm package photoswipe.
HASHES = {
    "photoswipe-LICENSE.txt": "2c223af0b21d32240087ee189eb70fd315907b6ade8b561e24265baccd6a98e7",
    "photoswipe.css": "b0eaaae0b9de064d25e2f18517b9011a526d9b2142376e1c0febd096cebab9f3",
    "photoswipe.umd.min.js": "ba86fd2dadb31acd8e488540fedb5037c598bf86c63a2a804d5025271af6a323",
}


def test_what_is_packed_of_others_is_what_they_published() -> None:
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir()}

    assert found == HASHES


def test_the_packed_version_and_its_licence_are_told() -> None:
    script = (VENDOR / "photoswipe.umd.min.js").read_text(encoding="utf-8")
    docs = (STATIC.parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")

    assert f"PhotoSwipe {PHOTOSWIPE} " in script
    assert f"PhotoSwipe {PHOTOSWIPE}" in docs
    assert "MIT License" in (VENDOR / "photoswipe-LICENSE.txt").read_text(encoding="utf-8")


def test_the_packed_files_are_those_of_the_locked_package() -> None:
    try:
        package = npm.install(chromium.HERE) / "photoswipe"
    except npm.Unavailable as error:
        npm.missing(f"the package of PhotoSwipe: {error}")
    sources = {
        "photoswipe-LICENSE.txt": "LICENSE",
        "photoswipe.css": "dist/photoswipe.css",
        "photoswipe.umd.min.js": "dist/umd/photoswipe.umd.min.js",
    }

    assert json.loads((package / "package.json").read_bytes())["version"] == PHOTOSWIPE
    for name, source in sources.items():
        assert (VENDOR / name).read_bytes() == (package / source).read_bytes()


def test_our_scripts_stay_small_and_run_no_text_as_code() -> None:
    scripts = {path.name: path.read_text(encoding="utf-8") for path in STATIC.glob("*.js")}

    assert sum(len(script.encode()) for script in scripts.values()) < 20_000
    assert scripts.keys() >= {"site.js", "theme.js"}
    for script in scripts.values():
        assert (
            re.findall(r"\beval\b|new Function|innerHTML|outerHTML|document\.write", script) == []
        )
        assert "http" not in script
