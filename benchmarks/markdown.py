"""This module measures what the HTML of a post costs: engines, sanitising, mathematics, and all.

The posts are made up, of about 46 KB each, in Chinese and English, with formulas and galleries.
The measured take turns, so that a busy minute of the machine falls on all of them alike.
"""

import argparse
import statistics
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from time import process_time

from digestgen import escaping
from digestgen.markdown import compiled, formulas, mathematics, reference, rendering, sanitising
from digestgen.markdown.rendering import render

GOAL = 0.0015  # seconds of CPU for a post whose formulas have been seen
POST_BYTES = 46_000

_SENTENCES = (
    "Diffusion models produce sharp samples, but each sample takes hundreds of steps.",
    "We propose a sampler whose loss"
    " $\\mathcal{L}_{%d}(\\theta) = \\mathbb{E}\\|x_t - \\hat{x}\\|^2$"
    " is bounded by $\\mathcal{O}(n \\log n)$.",
    "Experiments on four data sets show a gain of 3.%d points (95%% of all cases) for $12,000.",
    "我们提出一种新的采样器，把步数从 1000 减到 %d，同时保持 $\\alpha_t^* < \\beta_{%d}$。",
    "已有方法需要第二个网络，训练代价高；本文的方法不需要额外的数据（见表 %d）。",
    "The code is available at https://example.org/code_%d [1, 2]; see {{ template }} and #%d.",
)
_SHOWN_FORMULA = "Then\n\n$$\n\\\\sum\\_&#123;i=1&#125;\\^&#123;%d&#125; x\\_i = 1\n$$\n"


def main() -> None:
    arguments = _arguments()
    posts = [digest_post(number) for number in range(arguments.posts)]
    size = sum(len(post.encode()) for post in posts)
    print(
        f"{len(posts)} posts of {size / len(posts) / 1000:.1f} KB, {arguments.rounds} rounds, CPU"
    )
    measured = _measured(posts)
    seconds: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(arguments.rounds):
        for name, run in measured.items():
            began = process_time()
            run()
            seconds[name].append(process_time() - began)
    _show(seconds, size, len(posts))


def digest_post(number: int) -> str:
    """Return the body of a made-up post of about 46 KB, the same for the same number."""
    papers: list[str] = ["> 本文由程序自动生成，仅供初筛。\n> Not a substitute for reading.\n"]
    while sum(len(part.encode()) for part in papers) < POST_BYTES:
        papers.append(_paper(number, len(papers)))
    return "\n".join(papers)


def _paper(post: int, place: int) -> str:
    written = [
        escaping.markdown(sentence.replace("%d", str(post % 17 + place)).replace("%%", "%"))
        for sentence in _SENTENCES
    ]
    text = " ".join(written)
    steps = "\n".join(f"   {n}. {sentence}" for n, sentence in enumerate(written, 1))
    sources = "\n".join(
        f"{n}. 摘要、第 {n} 句：{sentence} (用于：要点 {n})"
        for n, sentence in enumerate(written * 3, 1)
    )
    caption = escaping.html(f"Figure {place}: error < 0.{post} against $t_{place}$ for $35.")
    pictures = "\n".join(
        f'<figure style="margin:0"><img src="fig-{place}-{n}.webp" srcset="fig-{n}-small.webp 400w,'
        f' fig-{n}.webp 1200w" sizes="90vw" alt="Figure {n}" loading="lazy" width="1200"'
        f' height="500" style="width:100%"><figcaption>{caption}</figcaption></figure>'
        for n in range(1, 7)
    )
    title = escaping.markdown(f"Paper {post}.{place}: Attention in $O(n^{place})$ 的扩散模型")
    return f"""<div id="paper-{post}-{place}"></div>

## {title}

- **作者**：Author One, Author Two
- **链接**：<https://arxiv.org/abs/2409.{post:05}>
- **版本**：v1，提交于 2024-09-24

**摘要**

{text}

{_SHOWN_FORMULA % (post % 5 + 2)}
**要点**

1. {written[1]}
2. {written[2]}
3. **方法：**{written[3]}

**分项解读**

6. **总结**
   - **(1) 研究背景**：{written[0]}
   - **(2) 已有方法及其问题**：{written[4]}
     - **创新**：{written[5]}
7. **方法步骤**
{steps}

<details>
<summary>依据 (18)</summary>

{sources}

</details>

<details>
<summary>论文截图 (6)</summary>
<div style="display:grid;gap:20px 12px">
{pictures}
</div>
<p><small>截自论文 PDF · <a href="https://creativecommons.org/">CC0</a></small></p>
</details>
"""


def _measured(posts: Sequence[str]) -> dict[str, Callable[[], object]]:
    """Return what is measured, each a run over all posts, by its name."""
    pages = [reference.to_html(post) for post in posts]
    cleaned = [sanitising.sanitise(page) for page in pages]
    safe = [page.html for page in cleaned]
    found = {formula for page in safe for formula in mathematics.found(page)}

    def cold() -> None:
        formulas.markup.cache_clear()
        for formula, display in found:
            formulas.markup(formula, display=display)

    def over(values: Sequence[str], work: Callable[[str], object]) -> Callable[[], object]:
        return lambda: [work(value) for value in values]

    print(f"{len(found)} different formulas")
    measured = {"markdown-it-py (reference)": over(posts, reference.to_html)}
    if compiled.to_html(posts[0]) is not None:
        measured["comrak, with its checks"] = over(posts, compiled.to_html)
        measured["  the checks alone"] = over(posts, compiled.is_read_alike)
    if find_spec("pyromark"):
        measured["pyromark (not used)"] = over(posts, import_module("pyromark").html)
    measured |= {
        "sanitising": over(pages, sanitising.sanitise),
        "headings, and mathematics": lambda: [
            rendering.Anchors(page.anchors).render(page) for page in cleaned
        ],
        "mathematics, all new": cold,
        "mathematics, seen before": over(safe, mathematics.with_formulas),
        "render": over(posts, render),
    }
    return measured


def _show(seconds: dict[str, list[float]], size: int, posts: int) -> None:
    whole = statistics.median(seconds["render"])
    print(f"{'':<28}{'ms a post':>10}{'least':>8}{'MB/s':>8}{'of render':>11}")
    for name, taken in seconds.items():
        median = statistics.median(taken)
        print(
            f"{name:<28}{median / posts * 1000:>10.3f}{min(taken) / posts * 1000:>8.3f}"
            f"{size / median / 1e6:>8.1f}{median / whole:>11.2f}"
        )
    verdict = "met" if whole / posts <= GOAL else "missed"
    print(f"goal: render at most {GOAL * 1000} ms a post: {verdict}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the CPU time of a post's HTML.")
    parser.add_argument("--posts", type=int, default=40, help="different posts (default: 40)")
    parser.add_argument("--rounds", type=int, default=9, help="rounds, median taken (default: 9)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
