"""This module lends tests whole sites, made by the command line and served below a path."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest

from tests.browser.server import serving
from tests.browser.session import Page

ROOT = Path(__file__).parents[2]
POST = "posts/2024-09-24-diffusion-models"
# A post by somebody else, with what posts may have.
FOREIGN = """---
title: A note on $x^2$ & tables
date: 2024-03-04
---

# What this is

Text with `code`, **weight** and a [link](https://example.org/).

| a | b |
|---|---|
| a cell that is rather long, as cells of tables are at times | $\\sum_{i=1}^{n} x_i^2 \\leq 1$ |

```python
print("a line of code that is wider than a telephone, so that something has to scroll sideways")
```

$$\\int_0^\\infty e^{-x^2}\\,\\mathrm{d}x = \\frac{\\sqrt{\\pi}}{2}$$
"""
# Fifty words of two characters, as a person writes them: nothing stands between most of them.
WORDS = re.findall(
    r"\w+",
    "扩散 模型 图像 生成 采样 噪声 训练 速度 质量 方法 实验 结果 数据 论文 作者 研究 问题 结构 "
    "语言 视觉 特征 空间 时间 算法 理论 证明 误差 梯度 优化 网络 注意 机制 文本 视频 音频 医学 "
    "气象 机器 学习 知识 推理 任务 性能 参数 成本 能源 安全 隐私 评测 开源",
)
CHINESE = f"""---
title: 一则中文笔记
date: 2024-03-05
---

{"".join(f"{one}{other}。" for one, other in zip(WORDS[::2], WORDS[1::2], strict=True))}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LentSite:
    """A site on disk and at an address, which ends in a slash."""

    lang: str
    folder: Path
    address: str

    def pages(self) -> tuple[str, ...]:
        """Return one page of each kind, by path."""
        archive = "archive/2024/09/index.html"
        kinds = (
            "index.html", f"{POST}/index.html", "posts/note/index.html",
            "papers/sample-0001/index.html", "topics/diffusion-models/index.html",
            "archive/index.html", archive, "trends/index.html", "404.html", "search/index.html",
        )  # fmt: skip
        return tuple(path for path in kinds if (self.folder / path).exists())


def is_clean(page: Page, site: LentSite) -> bool:
    """Nothing went wrong, nothing was refused, and nothing left the site."""
    seen = page.seen()
    problems = (seen.errors, seen.violations, seen.dialogs, seen.foreign(site.address))
    assert problems == ((), (), (), ())
    return True


@pytest.fixture(scope="session")
def zh_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LentSite]:
    """The sample's site in Chinese: two months, two versions of a paper, a foreign post."""
    yield from _lend(tmp_path_factory.mktemp("zh"), "zh")


@pytest.fixture(scope="session")
def en_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LentSite]:
    """The same in English, from a post in English."""
    yield from _lend(tmp_path_factory.mktemp("en"), "en")


@pytest.fixture(params=["zh", "en"])
def lent_site(request: pytest.FixtureRequest) -> LentSite:
    """Either site."""
    found: LentSite = request.getfixturevalue(f"{request.param}_site")
    return found


def digestgen(folder: Path, *arguments: str) -> None:
    """Run a command in a folder, with a cache of its own."""
    settings = {name: value for name, value in os.environ.items() if "DIGESTGEN_" not in name}
    subprocess.run(
        [sys.executable, "-m", "digestgen", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        env={**settings, "DIGESTGEN_CACHE_DIR": str(folder / "cache")},
    )


def _lend(folder: Path, lang: str) -> Iterator[LentSite]:
    (folder / "digestgen.toml").write_text(
        f'language = "{lang}"\nsite = "www/blog"\n[preview]\ntitle = "论文速读 & Digests"\n'
        'url = "https://blog.example/blog"\nsearch = true\n',
        encoding="utf-8",
    )
    posts = folder / "content" / "posts"
    if lang == "zh":
        copytree(ROOT / "content" / "posts", posts)
    else:
        sample = ("--source", "sample", "--topic", "Diffusion Models", "--date", "2024-09-24")
        digestgen(folder, "build", *sample)
    post = posts / "2024-09-24-diffusion-models.md"
    text = post.read_text(encoding="utf-8")
    newer = text.replace("2024-09-24", "2024-10-01")
    newer = newer.replace('id: "sample-0001", version: 1', 'id: "sample-0001", version: 2')
    (posts / "2024-10-01-diffusion-models.md").write_text(newer, encoding="utf-8")
    copytree(post.with_suffix(""), posts / "2024-10-01-diffusion-models")
    (posts / "note.md").write_text(FOREIGN, encoding="utf-8")
    (posts / "chinese.md").write_text(CHINESE, encoding="utf-8")
    digestgen(folder, "site")
    with serving(folder / "www") as address:
        yield LentSite(lang=lang, folder=folder / "www" / "blog", address=f"{address}/blog/")
