"""What `publish` decides, and how it words what git says."""

from pathlib import Path, PurePosixPath

import pytest

from digestgen.publish.git import Answer
from digestgen.publish.plan import SeenFile, SeenPost, make_plan


def seen(name: str = "a.md", **fields: object) -> SeenFile:
    values: dict[str, object] = {
        "source": Path("content/posts") / name,
        "path": PurePosixPath("source/_posts") / name,
        "there": "absent",
        "status": "",
        "last_by": "nobody",
        **fields,
    }
    return SeenFile(**values)  # type: ignore[arg-type]  # a test names real fields


def state_of(*files: SeenFile, **fields: object) -> tuple[str, str]:
    post = SeenPost(stem="a", files=files, **fields)  # type: ignore[arg-type]  # real fields
    plan = make_plan([post]).posts[0]
    return plan.state, plan.reason


def test_a_post_that_the_blog_never_had_is_new() -> None:
    assert state_of(seen()) == ("new", "")


def test_a_post_that_was_removed_in_the_blog_stays_removed() -> None:
    assert state_of(seen(last_by="somebody")) == ("left alone", "was removed there")


def test_a_post_that_is_being_removed_in_the_blog_stays_removed() -> None:
    assert state_of(seen(last_by="digestgen", status="D ")) == ("left alone", "was removed there")


def test_a_post_that_stands_there_and_is_committed_is_unchanged() -> None:
    assert state_of(seen(there="same", last_by="somebody")) == ("unchanged", "")


def test_a_copy_that_was_made_but_not_committed_is_committed() -> None:
    for status in ("??", " A", "A "):
        assert state_of(seen(there="same", status=status)) == ("new", "")


def test_a_copy_that_git_ignores_is_not_taken_for_published() -> None:
    assert state_of(seen(there="same")) == ("new", "")


def test_a_copy_that_bears_our_seal_is_brought_up_to_date() -> None:
    old = seen(there="different", last_by="somebody")

    assert state_of(old, is_sealed=True) == ("changed", "")


def test_a_copy_from_a_newer_run_is_left_alone() -> None:
    newer = seen(there="different", last_by="digestgen")

    assert state_of(newer, is_sealed=True, is_newer=True) == ("left alone", "is newer there")


def test_a_copy_that_only_we_committed_is_brought_up_to_date_without_a_seal() -> None:
    assert state_of(seen(there="different", last_by="digestgen")) == ("changed", "")


@pytest.mark.parametrize(("last_by", "status"), [("somebody", ""), ("digestgen", " M")])
def test_a_copy_that_somebody_edited_is_left_alone(last_by: str, status: str) -> None:
    edited = seen(there="different", last_by=last_by, status=status)

    assert state_of(edited) == ("left alone", "was edited there")


@pytest.mark.parametrize("status", ["M ", "MM", "AM", "UU"])
def test_staged_changes_to_a_copy_are_left_alone(status: str) -> None:
    staged = seen(there="different", last_by="digestgen", status=status)

    assert state_of(staged, is_sealed=True) == ("left alone", "has staged changes there")


def test_a_staged_version_other_than_ours_is_kept() -> None:
    staged = seen(there="same", last_by="digestgen", status="MM")

    assert state_of(staged) == ("left alone", "has staged changes there")


def test_an_edited_picture_keeps_the_whole_post_back() -> None:
    picture = seen("a/fig-1.webp", there="different", last_by="somebody")

    assert state_of(seen(there="different", last_by="digestgen"), picture) == (
        "left alone",
        "fig-1.webp was edited there",
    )


def test_a_folder_in_the_place_of_a_post_is_left_alone() -> None:
    assert state_of(seen(there="blocked"))[0] == "left alone"


def test_only_what_differs_is_copied() -> None:
    markdown = seen(there="same", last_by="digestgen")
    picture = seen("a/fig-1.webp")

    plan = make_plan([SeenPost(stem="a", files=(markdown, picture))])

    assert plan.posts[0].state == "changed"
    assert [copy.path.name for copy in plan.copies] == ["fig-1.webp"]


def test_a_picture_that_its_post_lost_goes_with_it() -> None:
    lost = (PurePosixPath("source/_posts/a/fig-2.webp"),)
    unchanged = seen(there="same", last_by="digestgen")
    edited = seen(there="different", last_by="somebody")

    [changed] = make_plan([SeenPost(stem="a", files=(unchanged,), lost=lost)]).posts
    [alone] = make_plan([SeenPost(stem="a", files=(edited,), lost=lost)]).posts

    assert (changed.state, changed.removals) == ("changed", lost)
    assert (alone.state, alone.removals) == ("left alone", ())


def test_the_message_lists_topics_and_counts() -> None:
    posts = [
        SeenPost(stem="a", files=(seen(),), topic="扩散模型", papers=6),
        SeenPost(
            stem="b",
            files=(seen("b.md", there="different", last_by="digestgen"),),
            topic="扩散模型",
            papers=1,
        ),
        SeenPost(stem="c", files=(seen("c.md"),), topic="A\nCo-authored-by: x", papers=1),
        SeenPost(stem="d", files=(seen("d.md"),)),
        SeenPost(stem="e", files=(seen("e.md", there="blocked"),), topic="not told", papers=9),
    ]

    assert make_plan(posts).message == (
        "Publish 4 posts with 8 papers\n"
        "\n"
        "A Co-authored-by: x: 1 new, 1 paper\n"
        "Other posts: 1 new, 0 papers\n"
        "扩散模型: 1 new, 1 changed, 7 papers\n"
        "\n"
        "Published-with: digestgen\n"
    )


def test_the_words_of_git_end_with_its_complaint() -> None:
    answer = Answer(
        code=128,
        out="",
        err="lint: line 3\nfatal: no such remote\n\n"
        "hint: more\nPlease make sure that\nit exists.\n",
    )

    assert answer.words == "lint: line 3; fatal: no such remote"


def test_the_words_of_git_hold_no_password_and_no_control_characters() -> None:
    answer = Answer(code=1, out="", err="fatal: https://me:secret@host/x \x1b[31mgone\n")

    assert answer.words == "fatal: https://***@host/x [31mgone"


def test_a_silent_failure_is_said_to_be_one() -> None:
    assert Answer(code=1, out="", err="").words == "git says no more"
