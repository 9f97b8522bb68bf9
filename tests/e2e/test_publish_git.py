"""`publish` with a real git, in real repositories."""

import os
import resource
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from digestgen.content import Place, write_post
from digestgen.errors import ConfigError, ContentError, OutputError, RemoteError
from digestgen.post import Asset, Post
from digestgen.publish import Publication, Target, publish
from tests.builders import NOON, ledger, post

STEM = "2024-09-24-diffusion-models"
POSTS = "source/_posts"


@dataclass(frozen=True)
class World:
    """A content folder, a blog's repository, and somebody who commits."""

    folder: Path
    environ: Mapping[str, str]

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def blog(self) -> Path:
        return self.folder / "blog"

    @property
    def remote(self) -> Path:
        return self.folder / "remote.git"

    @property
    def copy(self) -> Path:
        return self.blog / POSTS / f"{STEM}.md"

    def git(self, *arguments: str, at: Path | None = None) -> str:
        """Run git as a person would."""
        command = ["git", "-C", str(at or self.blog), *arguments]
        done = subprocess.run(command, env=self.environ, capture_output=True, check=True)
        return done.stdout.decode().strip("\n")

    def write(
        self, *ids: str, stem: str = STEM, now: datetime = NOON, picture: bytes = b""
    ) -> None:
        """Write a post into the content folder, as `build` does."""
        source = self.folder / "cached.webp"
        source.write_bytes(picture)
        assets = (Asset(name="fig-1.webp", source=source),) if picture else ()
        made: Post = post(*ids, stem=stem, assets=assets)
        path = self.content / "posts" / f"{stem}.md"
        place = Place(stem=stem, raw=path.read_bytes() if path.exists() else None)
        write_post(self.content, made, ledger(*ids), place=place, now=now.replace(tzinfo=UTC))

    def publish(
        self, *, environ: Mapping[str, str] | None = None, **options: object
    ) -> Publication:
        """Publish; ``repo``, ``posts_dir`` and ``branch`` make the target."""
        target = {"repo": self.blog} | {
            key: options.pop(key) for key in ("repo", "posts_dir", "branch") if key in options
        }
        return publish(
            self.content,
            Target(**target),  # type: ignore[arg-type]  # a test names real fields
            environ=environ or self.environ,
            **options,  # type: ignore[arg-type]  # a test names real options
        )

    def hook(self, name: str, script: str) -> None:
        """Install a hook."""
        file = self.blog / ".git" / "hooks" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)

    def committed(self, revision: str = "HEAD") -> list[str]:
        """The paths that a commit touched."""
        return self.git("show", "--format=", "--name-only", "-z", revision).strip("\0").split("\0")

    def state(self) -> tuple[str, str, dict[str, bytes]]:
        """What a failure must leave as it was: branch, index and every file."""
        files = {
            path.relative_to(self.blog).as_posix(): path.read_bytes()
            for path in sorted(self.blog.rglob("*"))
            if path.is_file() and ".git" not in path.relative_to(self.blog).parts
        }
        return self.git("for-each-ref"), self.git("status", "--porcelain=v2", "-z"), files


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A blog with one commit and one post in the content folder."""
    home = tmp_path / "home"
    home.mkdir()
    environ = {"PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}
    made = World(tmp_path, environ)
    (home / ".gitconfig").write_text(
        "[user]\nname = Ada Example\nemail = ada@example.org\n[init]\ndefaultBranch = main\n"
        '[protocol "file"]\nallow = always\n'
    )
    made.blog.mkdir()
    made.git("init", "--quiet")
    (made.blog / "_config.yml").write_text("title: a blog\n")
    made.git("add", ".")
    made.git("commit", "--quiet", "--message=Begin")
    made.write("2409.00001", "2409.00002", picture=b"picture")
    return made


@pytest.fixture
def remote(world: World) -> Path:
    """A bare repository that the blog pushes to."""
    world.git("init", "--quiet", "--bare", str(world.remote), at=world.folder)
    world.git("remote", "add", "origin", str(world.remote))
    world.git("push", "--quiet", "--set-upstream", "origin", "main")
    return world.remote


def test_a_new_post_is_committed_with_its_pictures_and_nothing_else(world: World) -> None:
    done = world.publish()

    assert done.commit == world.git("rev-parse", "HEAD")
    assert [found.state for found in done.plan.posts] == ["new"]
    assert world.committed() == [f"{POSTS}/{STEM}.md", f"{POSTS}/{STEM}/fig-1.webp"]
    assert world.copy.read_bytes() == (world.content / "posts" / f"{STEM}.md").read_bytes()
    assert world.git("status", "--porcelain") == ""


def test_a_picture_that_its_post_lost_goes_from_the_blog_and_a_persons_stays(
    world: World,
) -> None:
    world.publish()
    folder = world.blog / POSTS / STEM
    (folder / "mine.png").write_bytes(b"a person's")
    world.git("add", ".")
    world.git("commit", "--quiet", "--message=A picture of mine")
    (world.content / "posts" / STEM / "fig-1.webp").unlink()

    done = world.publish()

    assert done.plan.removals == (PurePosixPath(f"{POSTS}/{STEM}/fig-1.webp"),)
    assert world.committed() == [f"{POSTS}/{STEM}/fig-1.webp"]
    assert [path.name for path in folder.iterdir()] == ["mine.png"]
    assert world.git("status", "--porcelain") == ""
    assert world.publish().commit is None


def test_a_picture_is_back_when_its_removal_is_refused(world: World) -> None:
    world.publish()
    (world.content / "posts" / STEM / "fig-1.webp").unlink()
    hook = world.blog / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    before = world.state()

    with pytest.raises(RemoteError):
        world.publish()

    assert world.state() == before


def test_the_commit_says_topics_and_counts(world: World) -> None:
    world.publish()

    assert world.git("log", "-1", "--format=%B") == (
        "Publish 1 post with 2 papers\n\nDiffusion Models: 1 new, 2 papers\n\n"
        "Published-with: digestgen"
    )


def test_publishing_twice_is_publishing_once(world: World) -> None:
    world.publish()
    before = world.state()

    done = world.publish()

    assert (done.commit, done.pushed) == (None, False)
    assert done.plan.posts_that_are("unchanged") == done.plan.posts
    assert world.state() == before


def test_a_dry_run_shows_the_plan_and_changes_nothing(world: World) -> None:
    before = world.state()

    done = world.publish(dry_run=True)

    assert (done.commit, len(done.plan.posts_that_are("new"))) == (None, 1)
    assert world.state() == before


def test_a_changed_post_replaces_the_copy_that_nobody_edited(world: World) -> None:
    world.publish()
    world.write("2409.00001", "2409.00002", "2409.00003", picture=b"another")

    done = world.publish()

    assert len(done.plan.posts_that_are("changed")) == 1
    assert "2409.00003" in world.git("show", f"HEAD:{POSTS}/{STEM}.md")
    assert world.git("show", f"HEAD:{POSTS}/{STEM}/fig-1.webp") == "another"


def test_edits_in_the_content_folder_are_published_again_and_again(world: World) -> None:
    source = world.content / "posts" / f"{STEM}.md"
    for edit in ("first", "second"):
        source.write_text(source.read_text() + edit + "\n")

        assert world.publish().commit is not None
    assert world.copy.read_text().endswith("first\nsecond\n")


def test_an_edit_in_the_blog_is_left_alone_and_reported(world: World) -> None:
    world.publish()
    world.copy.write_text(world.copy.read_text() + "a note by hand\n")
    world.git("commit", "--quiet", "--all", "--message=Note")
    world.write("2409.00001")

    done = world.publish()

    assert done.commit is None
    assert [found.reason for found in done.plan.posts] == ["was edited there"]
    assert world.copy.read_text().endswith("a note by hand\n")


def test_an_edit_that_came_with_a_merge_is_left_alone(world: World) -> None:
    source = world.content / "posts" / f"{STEM}.md"
    source.write_text(source.read_text() + "without a seal\n")
    world.publish()
    world.git("switch", "--quiet", "--create", "side")
    world.copy.write_text("theirs\n")
    world.git("commit", "--quiet", "--all", "--message=Theirs")
    world.git("switch", "--quiet", "main")
    world.git("merge", "--quiet", "--no-ff", "--message=Merge", "side")

    assert [found.reason for found in world.publish().plan.posts] == ["was edited there"]


def test_an_uncommitted_edit_in_the_blog_is_left_alone(world: World) -> None:
    world.publish()
    world.copy.write_text("mine now\n")

    assert [found.reason for found in world.publish().plan.posts] == ["was edited there"]
    assert world.copy.read_text() == "mine now\n"


def test_a_post_left_alone_is_taken_over_when_it_is_copied_by_hand(world: World) -> None:
    world.publish()
    world.copy.write_text("mine now\n")
    world.git("commit", "--quiet", "--all", "--message=Mine")
    world.copy.write_bytes((world.content / "posts" / f"{STEM}.md").read_bytes())

    assert world.publish().commit is not None


def test_a_post_removed_or_renamed_in_the_blog_does_not_come_back(world: World) -> None:
    world.publish()
    world.git("mv", f"{POSTS}/{STEM}.md", f"{POSTS}/renamed.md")
    world.git("commit", "--quiet", "--message=Rename")

    done = world.publish()

    assert [found.reason for found in done.plan.posts] == ["was removed there"]
    assert not world.copy.exists()


def test_a_post_that_vanished_from_content_stays_in_the_blog(world: World) -> None:
    world.publish()
    (world.content / "posts" / f"{STEM}.md").unlink()

    assert world.publish().plan.posts == ()
    assert world.copy.exists()


def test_an_older_post_does_not_replace_a_newer_one(world: World) -> None:
    world.write("2409.00001", "2409.00003", now=datetime(2024, 9, 25, 8, 0, 0))
    world.publish()
    world.write("2409.00001")

    assert [found.reason for found in world.publish().plan.posts] == ["is newer there"]


def test_other_changes_stay_exactly_as_they_are(world: World) -> None:
    (world.blog / "staged.md").write_text("staged")
    (world.blog / "untracked.md").write_text("untracked")
    (world.blog / "_config.yml").write_text("title: staged\n")
    world.git("add", "staged.md", "_config.yml")
    (world.blog / "_config.yml").write_text("title: and changed again\n")
    before = world.git("status", "--porcelain=v2")

    world.publish()

    assert world.git("status", "--porcelain=v2") == before
    assert world.committed() == [f"{POSTS}/{STEM}.md", f"{POSTS}/{STEM}/fig-1.webp"]


def test_the_first_commit_of_an_empty_repository_can_be_ours(world: World) -> None:
    empty = world.folder / "empty"
    world.git("init", "--quiet", str(empty), at=world.folder)

    done = world.publish(repo=empty)

    assert (done.branch, done.commit) == ("main", world.git("rev-parse", "HEAD", at=empty))


def test_a_subfolder_of_a_repository_is_a_blog(world: World) -> None:
    (world.blog / "my blog").mkdir()

    world.publish(repo=world.blog / "my blog")

    assert world.committed()[0] == f"my blog/{POSTS}/{STEM}.md"


def test_a_linked_worktree_is_a_blog(world: World) -> None:
    linked = world.folder / "linked"
    world.git("worktree", "add", "--quiet", "-b", "drafts", str(linked))

    done = world.publish(repo=linked)

    assert done.branch == "drafts"
    assert world.committed("drafts")[0] == f"{POSTS}/{STEM}.md"


def test_hostile_names_are_names(world: World) -> None:
    mine = world.copy.with_name("mine.md")
    mine.parent.mkdir(parents=True)
    mine.write_text("mine\n")
    world.git("add", ".")
    world.git("commit", "--quiet", "--message=Mine")
    mine.write_text("at work\n")
    stems = ["-n", "a b", "a\nb", "*", ":(top)x", "扩散", "é", "$(touch pwned)", '"q"']
    for stem in stems:
        world.write("2409.00001", stem=stem, picture=b"p")

    world.publish()

    assert sorted(world.committed()) == sorted(
        f"{POSTS}/{stem}{rest}" for stem in [*stems, STEM] for rest in (".md", "/fig-1.webp")
    )
    assert world.publish().commit is None
    assert world.git("status", "--porcelain") == f" M {POSTS}/mine.md"


def test_line_ends_of_a_checkout_are_no_change(world: World) -> None:
    world.git("config", "core.autocrlf", "true")
    world.git("config", "core.safecrlf", "true")
    world.publish()
    world.copy.unlink()
    world.git("checkout", "--quiet", "--", POSTS)
    assert b"\r\n" in world.copy.read_bytes()

    assert world.publish().commit is None
    world.write("2409.00001", "2409.00004", picture=b"picture")
    assert world.publish().commit is not None
    assert world.git("status", "--porcelain") == ""


def test_the_environment_of_a_hook_does_not_lead_astray(world: World) -> None:
    other = world.folder / "other"
    world.git("init", "--quiet", str(other), at=world.folder)
    astray = {
        "GIT_DIR": str(other / ".git"),
        "GIT_INDEX_FILE": str(other / "index"),
        "GIT_WORK_TREE": str(other),
        "GIT_GLOB_PATHSPECS": "1",
    }

    done = world.publish(environ={**world.environ, **astray})

    assert done.commit == world.git("rev-parse", "HEAD")


def test_what_a_killed_run_copied_is_committed_by_the_next(world: World) -> None:
    world.copy.parent.mkdir(parents=True)
    world.copy.write_bytes((world.content / "posts" / f"{STEM}.md").read_bytes())
    world.git("add", "--intent-to-add", ".")

    assert world.publish().commit is not None
    assert world.git("status", "--porcelain") == ""


# Another branch


def test_another_branch_gets_the_commit_and_nothing_is_switched(world: World) -> None:
    world.git("branch", "drafts")
    (world.blog / "_config.yml").write_text("title: at work\n")
    before = world.state()[1:]

    done = world.publish(branch="drafts")

    assert done.commit == world.git("rev-parse", "drafts")
    assert world.committed("drafts") == [f"{POSTS}/{STEM}.md", f"{POSTS}/{STEM}/fig-1.webp"]
    assert world.git("rev-parse", "main") == world.git("rev-parse", "drafts~")
    assert world.state()[1:] == before
    assert world.git("worktree", "list").count("\n") == 0


def test_a_new_branch_begins_at_the_current_commit(world: World) -> None:
    world.publish(branch="digests/daily")

    assert world.git("rev-parse", "digests/daily~") == world.git("rev-parse", "main")
    assert world.publish(branch="digests/daily").commit is None


def test_a_new_branch_begins_at_the_remote_branch_of_its_name(world: World, remote: Path) -> None:
    world.git("push", "--quiet", "origin", "main:drafts")
    world.git("commit", "--quiet", "--allow-empty", "--message=Only on main")

    world.publish(branch="drafts")

    assert world.git("rev-parse", "drafts~") == world.git("rev-parse", "origin/drafts")


def test_a_dry_run_makes_no_branch(world: World) -> None:
    before = world.state()

    world.publish(branch="drafts", dry_run=True)

    assert world.state() == before


def test_a_branch_that_is_checked_out_elsewhere_is_not_moved(world: World) -> None:
    world.git("worktree", "add", "--quiet", "-b", "drafts", str(world.folder / "linked"))

    with pytest.raises(ConfigError, match=r"'drafts' is checked out in .*linked"):
        world.publish(branch="drafts")


def test_a_detached_head_wants_a_branch(world: World) -> None:
    world.git("switch", "--quiet", "--detach")

    with pytest.raises(ConfigError, match="is on no branch") as caught:
        world.publish()
    assert "--branch" in caught.value.hint
    assert world.publish(branch="main").commit == world.git("rev-parse", "main")


@pytest.mark.parametrize("name", ["-f", "a b", "a..b", "x.lock", "@{-1}"])
def test_what_is_no_branch_name_is_refused(world: World, name: str) -> None:
    with pytest.raises(ConfigError, match="is no branch name"):
        world.publish(branch=name)


def test_an_empty_repository_has_nothing_to_branch_from(world: World) -> None:
    empty = world.folder / "empty"
    world.git("init", "--quiet", str(empty), at=world.folder)

    with pytest.raises(ConfigError, match="the repository is empty"):
        world.publish(repo=empty, branch="drafts")


# What is refused


def test_a_folder_that_is_no_repository_is_refused(world: World) -> None:
    with pytest.raises(ConfigError, match="is no git repository"):
        world.publish(repo=world.content)


def test_a_missing_folder_is_refused(world: World) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        world.publish(repo=world.folder / "nowhere")


def test_a_bare_repository_is_refused(world: World, remote: Path) -> None:
    with pytest.raises(ConfigError, match="has no work tree") as caught:
        world.publish(repo=remote)
    assert "git clone" in caught.value.hint


def test_the_git_folder_itself_is_refused(world: World) -> None:
    with pytest.raises(ConfigError, match="has no work tree"):
        world.publish(repo=world.blog / ".git")


@pytest.mark.parametrize(
    "posts_dir", ["../out", "/tmp", "source/../../out", ".git/hooks", "a/.GIT"]
)
def test_a_posts_folder_outside_the_work_tree_is_refused(world: World, posts_dir: str) -> None:
    with pytest.raises(ConfigError, match="is not inside the repository"):
        world.publish(posts_dir=posts_dir)


def test_a_posts_folder_behind_a_symbolic_link_is_refused(world: World) -> None:
    outside = world.folder / "outside"
    outside.mkdir()
    (world.blog / "source").symlink_to(outside)

    with pytest.raises(ConfigError, match="'source' is a symbolic link"):
        world.publish()
    assert list(outside.iterdir()) == []


def test_a_file_in_place_of_the_posts_folder_is_refused(world: World) -> None:
    (world.blog / "source").write_text("")

    with pytest.raises(ConfigError, match="'source' is not a folder"):
        world.publish()


def test_pictures_do_not_leave_through_a_symbolic_link(world: World) -> None:
    outside = world.folder / "outside"
    outside.mkdir()
    world.copy.parent.mkdir(parents=True)
    world.copy.with_suffix("").symlink_to(outside)

    done = world.publish()

    assert done.plan.posts[0].reason == "fig-1.webp has something else in its place there"
    assert list(outside.iterdir()) == []


def test_an_ignored_posts_folder_is_refused_before_anything_is_copied(world: World) -> None:
    (world.blog / ".gitignore").write_text("# made by somebody\n*.webp\n")
    before = world.state()

    with pytest.raises(ConfigError, match=r"fig-1\.webp: git ignores it .* in \.gitignore:2"):
        world.publish()
    assert world.state() == before


def test_a_post_that_cannot_be_read_stops_everything(world: World) -> None:
    (world.content / "posts" / "broken.md").write_text("---\na: [\n---\n")
    before = world.state()

    with pytest.raises(ContentError, match=r"broken\.md:\d+"):
        world.publish()
    assert world.state() == before


def test_a_missing_git_is_said_to_be_missing(world: World) -> None:
    with pytest.raises(ConfigError, match="is not on the PATH"):
        world.publish(environ={"PATH": str(world.folder)})


def test_an_old_git_is_refused(world: World) -> None:
    old = world.folder / "git"
    old.write_text("#!/bin/sh\necho git version 2.17.1\n")
    old.chmod(0o755)

    with pytest.raises(ConfigError, match=r"wants version 2\.26 or later, got 'git version 2\.17"):
        world.publish(environ={"PATH": str(world.folder)})


# What fails


def failing(world: World, error: type[Exception], match: str, **options: object) -> str:
    """Publish in vain; nothing in the blog has changed. Returns the hint."""
    before = world.state()

    with pytest.raises(error, match=match) as caught:
        world.publish(**options)  # type: ignore[arg-type]  # a test names real options

    assert world.state() == before
    return str(caught.value.__dict__["hint"])


def test_a_missing_identity_is_found_before_anything_is_copied(world: World) -> None:
    world.git("config", "user.useConfigOnly", "true")
    world.git("config", "user.email", "")
    (world.folder / "home" / ".gitconfig").write_text("")

    hint = failing(world, ConfigError, "does not know in whose name to commit")

    assert "git config user.name" in hint


def test_a_hook_that_refuses_is_quoted_and_nothing_is_left(world: World) -> None:
    world.hook("pre-commit", "echo 'posts want a licence' >&2; exit 1")

    hint = failing(world, RemoteError, "git commit failed: posts want a licence")

    assert "nothing was committed" in hint


def test_a_refused_update_gives_the_old_post_back(world: World) -> None:
    world.publish()
    world.write("2409.00001", "2409.00005", picture=b"new picture")
    world.hook("commit-msg", "exit 1")

    failing(world, RemoteError, "git commit failed")


def test_a_hook_that_refuses_on_another_branch_leaves_nothing(world: World) -> None:
    world.hook("pre-commit", "exit 1")

    failing(world, RemoteError, "git commit failed", branch="drafts")

    assert world.git("worktree", "list").count("\n") == 0


def test_a_hook_that_hangs_is_stopped_at_the_deadline(world: World) -> None:
    world.hook("pre-commit", "sleep 600")

    failing(world, RemoteError, "git commit took over 0.5 s and was stopped", seconds=0.5)

    assert not (world.blog / ".git" / "index.lock").exists()


def test_a_hook_that_leaves_a_process_behind_does_not_hold_us_up(world: World) -> None:
    world.hook("post-commit", "sleep 30 & echo $! > left-behind")

    done = world.publish(seconds=20)

    assert done.commit is not None
    os.kill(int((world.blog / "left-behind").read_text()), 9)


def test_a_hook_does_not_read_our_input_and_cannot_ask(world: World) -> None:
    world.hook("pre-commit", "read answer && exit 1; (: < /dev/tty) && exit 1; exit 0")

    assert world.publish().commit is not None


def test_git_speaks_english_and_asks_nobody(world: World) -> None:
    world.hook("pre-commit", 'test "$LC_ALL $GIT_TERMINAL_PROMPT $GIT_EDITOR" = "C 0 :"')

    assert world.publish(environ={**world.environ, "LC_ALL": "de_DE.UTF-8"}).commit is not None


def test_another_git_at_work_is_named(world: World) -> None:
    (world.blog / ".git" / "index.lock").touch()

    hint = failing(world, RemoteError, r"index\.lock': File exists")

    assert "wait for the other git" in hint


def test_a_merge_in_progress_is_not_disturbed(world: World) -> None:
    world.git("commit", "--quiet", "--allow-empty", "--message=Here")
    world.git("switch", "--quiet", "--create", "side", "HEAD~")
    (world.blog / "side.md").write_text("")
    world.git("add", ".")
    world.git("commit", "--quiet", "--message=There")
    world.git("merge", "--quiet", "--no-commit", "main")

    failing(world, RemoteError, "cannot do a partial commit during a merge")


def test_a_disk_that_is_full_halfway_gives_everything_back(world: World) -> None:
    world.write("2409.00001", stem="a-large-one", picture=b"x" * 300_000)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limits[1]))
    try:
        failing(world, OutputError, r"fig-1\.webp: cannot be written: file too large")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_an_interrupt_gives_everything_back(world: World) -> None:
    world.hook("pre-commit", f"kill -INT {os.getpid()}; sleep 600")
    before = world.state()

    with pytest.raises(KeyboardInterrupt):
        world.publish()

    assert world.state() == before


def test_two_at_once_make_one_commit(world: World) -> None:
    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(world.publish) for _ in range(3)]

    assert len([run for run in runs if run.result().commit]) == 1
    assert world.git("status", "--porcelain") == ""


# Pushing


def test_push_sends_the_commit(world: World, remote: Path) -> None:
    done = world.publish(push=True)

    assert done.pushed
    assert world.git("rev-parse", "main", at=remote) == done.commit


def test_push_sends_what_an_earlier_publish_committed(world: World, remote: Path) -> None:
    earlier = world.publish()

    done = world.publish(push=True)

    assert (done.commit, done.pushed) == (None, True)
    assert world.git("rev-parse", "main", at=remote) == earlier.commit


def test_a_push_without_news_says_so(world: World, remote: Path) -> None:
    world.publish(push=True)

    done = world.publish(push=True)

    assert (done.commit, done.pushed) == (None, False)


def test_a_first_push_makes_the_remote_branch_and_follows_it(world: World, remote: Path) -> None:
    done = world.publish(push=True, branch="drafts")

    assert world.git("rev-parse", "drafts", at=remote) == done.commit
    assert world.git("rev-parse", "--abbrev-ref", "drafts@{upstream}") == "origin/drafts"


def test_push_sends_one_branch_and_no_tags(world: World, remote: Path) -> None:
    world.git("config", "push.default", "matching")
    world.git("config", "push.followTags", "true")
    world.git("tag", "--annotate", "--message=v", "v1")
    world.git("branch", "private")

    world.publish(push=True)

    assert world.git("for-each-ref", "--format=%(refname)", at=remote) == "refs/heads/main"


def test_push_goes_to_an_upstream_of_another_name(world: World, remote: Path) -> None:
    world.git("push", "--quiet", "origin", "main:live")
    world.git("branch", "--quiet", "--set-upstream-to=origin/live")

    done = world.publish(push=True)

    assert world.git("rev-parse", "live", at=remote) == done.commit


def test_push_goes_where_the_push_remote_is(world: World, remote: Path) -> None:
    fork = world.folder / "fork.git"
    world.git("init", "--quiet", "--bare", str(fork), at=world.folder)
    world.git("remote", "add", "fork", str(fork))
    world.git("config", "remote.pushDefault", "fork")

    done = world.publish(push=True)

    assert world.git("rev-parse", "main", at=fork) == done.commit


def test_a_push_that_would_need_force_is_refused_and_the_commit_kept(
    world: World, remote: Path
) -> None:
    clone = world.folder / "clone"
    world.git("clone", "--quiet", str(remote), str(clone), at=world.folder)
    world.git("commit", "--quiet", "--allow-empty", "--message=Theirs", at=clone)
    world.git("push", "--quiet", at=clone)
    theirs = world.git("rev-parse", "main", at=remote)

    with pytest.raises(RemoteError, match=r"committed as .*, not pushed: origin has") as caught:
        world.publish(push=True)
    assert "git pull --rebase" in caught.value.hint
    assert world.git("rev-parse", "main", at=remote) == theirs
    world.git("pull", "--quiet", "--rebase")
    assert world.publish(push=True).pushed


def test_a_remote_that_refuses_is_quoted(world: World, remote: Path) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho closed for today >&2\nexit 1\n")
    hook.chmod(0o755)

    with pytest.raises(RemoteError, match=r"not pushed: .*closed for today"):
        world.publish(push=True)


def test_a_remote_that_is_gone_is_a_remote_error(world: World, remote: Path) -> None:
    world.git("remote", "set-url", "origin", str(world.folder / "gone"))

    with pytest.raises(RemoteError, match=r"not pushed: .*does not appear to be a git repository"):
        world.publish(push=True)


def test_push_without_a_remote_is_refused_before_the_commit(world: World) -> None:
    hint = failing(world, ConfigError, "has no remote to push to", push=True)

    assert "git remote add origin" in hint


def test_a_dry_run_pushes_nothing(world: World, remote: Path) -> None:
    world.publish()

    assert not world.publish(push=True, dry_run=True).pushed
    assert world.git("rev-parse", "main", at=remote) != world.git("rev-parse", "main")
