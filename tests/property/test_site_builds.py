"""Whatever happened before, a build ends in the site that the posts make; or leaves the old one."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digestgen.errors import OutputError
from digestgen.site.output import PRIVATE
from tests.builders import ledger_entry
from tests.unit.site_posts import Blog, digest, foreign, save

STEADY = settings(derandomize=True, max_examples=30, deadline=None)
DAYS = ("2024-09-23", "2024-09-24", "2024-10-01")
TOPICS = ("noise", "faces")
PAPERS = ("2409.00001", "2409.00002", "hep-th/9901001")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@st.composite
def posts(draw: st.DrawFn) -> tuple[str, str, list[str]]:
    """A day, a topic and papers; few of each, so that posts meet."""
    papers = draw(st.lists(st.sampled_from(PAPERS), max_size=2, unique=True))
    return draw(st.sampled_from(DAYS)), draw(st.sampled_from(TOPICS)), papers


EDITS = st.one_of(
    st.tuples(st.just("write"), posts(), st.sampled_from(("One.", "Two.", "![a](a.png)"))),
    st.tuples(st.just("picture"), posts(), st.sampled_from(("one", "two"))),
    st.tuples(st.just("remove"), posts(), st.just("")),
    st.tuples(st.just("rename"), posts(), st.just("")),
    st.tuples(st.just("foreign"), posts(), st.just("# Heading\n")),
    st.tuples(st.just("template"), posts(), st.sampled_from(("", "one", "two"))),
    st.tuples(st.just("lose"), posts(), st.sampled_from(("index.html", "feed.xml"))),
)
Edit = tuple[str, tuple[str, str, list[str]], str]


def edit(blog: Blog, what: Edit) -> None:
    kind, (day, slug, papers), text = what
    path = blog.content / "posts" / f"{day}-{slug}.md"
    if kind == "write":
        entries = [ledger_entry(paper, title=f"On {paper}") for paper in papers]
        blog.save(digest(day, *entries, topic=slug.title(), slug=slug, body=text))
    elif kind == "picture":
        path.with_suffix("").mkdir(parents=True, exist_ok=True)
        (path.with_suffix("") / "a.png").write_text(text)
    elif kind == "remove":
        path.unlink(missing_ok=True)
        shutil.rmtree(path.with_suffix(""), ignore_errors=True)
    elif kind == "rename" and path.exists():
        path.rename(path.with_name(f"{day}-other.md"))
    elif kind == "foreign":
        blog.save(foreign(f"{day}-note", text))
    elif kind == "template":
        mine = blog.templates / "site" / "404.html.j2"
        mine.parent.mkdir(parents=True, exist_ok=True)
        mine.write_text(text) if text else mine.unlink(missing_ok=True)
    elif kind == "lose":
        (blog.site / text).unlink(missing_ok=True)


@given(st.lists(st.lists(EDITS, min_size=1, max_size=4), min_size=1, max_size=5))
@STEADY
def test_any_edits_in_any_steps_end_in_the_site_that_is_built_at_once(
    rounds: list[list[Edit]],
) -> None:
    with TemporaryDirectory() as folder:
        blog = Blog(Path(folder))
        builder = blog.builder()
        for number, edits in enumerate(rounds):
            for each in edits:
                edit(blog, each)
            # Files of the site that were lost are found by who begins anew.
            if number % 2 or any(kind == "lose" for kind, _, _ in edits):
                blog.build()
            else:
                builder.build()

        assert blog.files() == blog.cold(Path(folder) / "cold")
        assert blog.build().changed == 0


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    """A site that was built, and posts that were edited since."""
    gone = digest("2024-09-22", assets=("b.png",))
    blog = Blog(tmp_path, digest("2024-09-23", ledger_entry(), assets=("a.png",)), gone)
    blog.build()
    blog.file(gone).unlink()
    blog.save(
        digest("2024-09-23", ledger_entry(), body="New.\n"),
        digest("2024-09-24", ledger_entry("2409.00002"), assets=("c.png",)),
    )
    return blog


def in_child(blog: Blog, moment: int, *, kill: bool) -> int:
    """Build in a process that is killed, or meets a full disk, at its n-th step on the disk."""
    steps = count(1)

    def watch(event: str, args: tuple[object, ...]) -> None:
        changes = event in {"os.rename", "os.mkdir", "os.remove", "os.rmdir"} or (
            event == "open" and isinstance(args[2], int) and bool(args[2] & WRITING)
        )
        if not changes or not str(args[0]).startswith(str(blog.site)) or next(steps) < moment:
            return
        if kill:
            os.kill(os.getpid(), signal.SIGKILL)
        elif event in {"open", "os.mkdir"}:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    child = os.fork()
    if child == 0:
        sys.addaudithook(watch)
        try:
            blog.build()
        except OutputError:
            os._exit(3)
        except BaseException:  # noqa: BLE001  # a child of a test must not go on as the test
            os._exit(70)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def moments(blog: Blog, *, kill: bool) -> Iterator[int]:
    """Yield the exit code of a build for each of its steps, from the same beginning each time."""
    blog.site.rename(blog.site.with_name("before"))
    for moment in count(1):
        shutil.rmtree(blog.site, ignore_errors=True)
        shutil.copytree(blog.site.with_name("before"), blog.site)
        code = in_child(blog, moment, kill=kill)
        yield code
        if code == 0:
            return


def test_a_kill_at_any_step_leaves_the_old_site_or_is_mended_by_the_next_build(
    blog: Blog, tmp_path: Path
) -> None:
    old, new = blog.files(), blog.cold(tmp_path / "cold")
    codes = []
    for code in moments(blog, kill=True):
        codes.append(code)
        if not (blog.site / PRIVATE / "journal.json").exists():
            assert blog.files() in (old, new)
        blog.build()

        assert blog.files() == new
        assert not (blog.site / PRIVATE / "new").exists()
    assert set(codes) == {-signal.SIGKILL, 0}
    assert len(codes) > 40


def test_a_disk_that_is_full_at_any_step_leaves_the_old_site_or_is_mended(
    blog: Blog, tmp_path: Path
) -> None:
    old, new = blog.files(), blog.cold(tmp_path / "cold")
    codes = []
    for code in moments(blog, kill=False):
        codes.append(code)
        if not (blog.site / PRIVATE / "journal.json").exists():
            assert blog.files() in (old, new)
        blog.build()

        assert blog.files() == new
    assert set(codes) == {3, 0}


def test_the_order_in_which_posts_were_written_does_not_matter(tmp_path: Path) -> None:
    documents = [digest(day, ledger_entry(f"2409.0000{n}")) for n, day in enumerate(DAYS)]
    first = Blog(tmp_path / "first", *documents)
    second = Blog(tmp_path / "second", *reversed(documents))
    first.build()
    second.build()

    assert first.files() == second.files()


SURROUNDINGS: tuple[dict[str, str], ...] = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LC_ALL": "POSIX"},
    # Without data of zones and locales beside the system's own, these still differ.
    {"PYTHONHASHSEED": "3", "TZ": "<-12>12", "LC_ALL": "tr_TR.UTF-8"},
)


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_hash_seed_time_zone_and_locale_do_not_matter(tmp_path: Path) -> None:
    """Whole processes, because a hash seed is drawn when Python starts."""
    late = datetime(2024, 9, 23, 23, 30, tzinfo=UTC)  # another day in most zones
    for name, lang in (("one", "zh"), ("two", "en")):
        save(
            tmp_path / name / "content",
            digest("2024-09-23", *map(ledger_entry, PAPERS), updated=late, assets=("图.png",)),
            digest("2024-09-24", ledger_entry(authors=("Iİıi", "王小明")), topic="I", slug="i"),
            foreign(
                "2024-10-01-note", "# Ünïcode 标题\n\n$x^2$ ![](图.png)\n", {"tags": ["b", "a"]}
            ),
        )
        (tmp_path / name / "digestgen.toml").write_text(
            f'language = "{lang}"\n\n[preview]\nurl = "https://blog.example"\n'
        )
        sites = []
        for around in SURROUNDINGS:
            shutil.rmtree(tmp_path / name / "site", ignore_errors=True)
            subprocess.run(
                [sys.executable, "-m", "digestgen", "site"],
                cwd=tmp_path / name,
                env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **around},
                check=True,
                capture_output=True,
            )
            files = everything(tmp_path / name / "site")
            del files[f"{PRIVATE}/state"]  # it has the times of the pictures
            sites.append(files)

        assert len(sites[0]) > 40
        assert all(site == sites[0] for site in sites)
