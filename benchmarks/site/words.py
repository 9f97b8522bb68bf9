"""This module invents titles and sentences on papers that do not exist, in Chinese and English."""

from random import Random

THINGS = (
    "diffusion models", "image tokens", "noise schedules", "score networks", "video frames",
    "radiance fields", "language models", "attention maps", "latent codes", "point clouds",
    "speech spectra", "medical scans", "weather maps", "robot policies", "molecular graphs",
    "knowledge graphs", "code edits", "table cells", "satellite tiles", "protein chains",
)  # fmt: skip
WAYS = (
    "a sparse graph of anchors", "a bank of learned filters", "a two-stage sampler",
    "a shared token budget", "a contrastive objective", "a hierarchical prior",
    "a small router network", "a memory of past steps", "a consistency loss",
    "a frozen text encoder", "a lattice of local windows", "a calibrated teacher",
)  # fmt: skip
GOALS = (
    "faster sampling", "steadier training", "longer contexts", "fewer labels", "smaller models",
    "sharper details", "lower energy", "better calibration", "safer answers", "wider coverage",
)  # fmt: skip
NAMES = (
    "Drift", "Sort", "Blank", "Bridge", "Ledger", "Tide", "Loom", "Quill", "Ember", "Grove",
    "Prism", "Slate",
)  # fmt: skip
ENDS = (
    "Net", "Diff", "Former", "Flow", "Cut", "Bench", "Edit", "Map",
)  # fmt: skip
FIRST = (
    "Ann", "Bo", "Carla", "Dmitri", "Elif", "Farid", "Gudrun", "Hana", "Ivo", "Jun", "Kaya", "Lars",
)  # fmt: skip
LAST = (
    "Acker", "Brandt", "Castillo", "Dvořák", "Eriksen", "Fontaine", "Gökçe", "Huang", "Ito",
    "Jansen", "Kowalska", "Li",
)  # fmt: skip
FORMULAS = (
    r"$x_{t} = \sqrt{\alpha_t} x_0 + \sigma_t \epsilon$",
    r"$\mathcal{O}(n \log n)$",
    r"$p_\theta(x \mid y)$",
    r"$\lVert f_\theta(x) - y \rVert_2^2$",
    r"$\beta \in [0.1, 0.9]$",
    r"$\sum_{i=1}^{N} w_i \, g_i(x)$",
)
ZH_THINGS = (
    "扩散模型", "图像词元", "噪声调度", "得分网络", "视频帧", "辐射场", "语言模型", "注意力图",
    "隐变量", "点云", "语音频谱", "医学影像", "天气图", "机器人策略", "分子图", "知识图谱",
)  # fmt: skip
ZH_WAYS = (
    "稀疏的锚点图", "一组可学习的滤波器", "两阶段采样器", "共享的词元预算", "对比学习目标",
    "层次化先验", "小型路由网络", "对过去步骤的记忆", "一致性损失", "冻结的文本编码器",
)  # fmt: skip
ZH_GOALS = ("更快的采样", "更稳定的训练", "更长的上下文", "更少的标注", "更小的模型", "更低的能耗")


class Writer:
    """Writes texts; equal seeds give equal texts."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)  # noqa: S311  # invents texts

    def name(self) -> str:
        """Return what a method is called."""
        return self._one(NAMES) + self._one(ENDS)

    def person(self) -> str:
        """Return an author."""
        return f"{self._one(FIRST)} {self._one(LAST)}"

    def number(self, low: int, high: int) -> int:
        """Return a number, both ends included."""
        return self._random.randint(low, high)

    def title(self, name: str) -> str:
        """Return a paper's title; one in six has mathematics in it."""
        formula = f" in {self._one(FORMULAS)}" if self.number(1, 6) == 1 else ""
        things = self._one(THINGS).title()
        return f"{name}: {self._one(GOALS).title()} for {things}{formula}"

    def sentence(self, name: str) -> str:
        """Return an English sentence; one in four has mathematics in it."""
        form = self._one(
            (
                "We present {name}, which replaces {thing} by {way} and so reaches {goal}{math}.",
                "{name} trains {way} on {number} hours of {thing}, and needs no further labels"
                " for {goal}{math}.",
                "On {number} benchmarks of {thing}, {name} improves the score by {share} % over"
                " the strongest baseline, at {half} % of its cost{math}.",
                "Earlier work on {thing} pays for {goal} with {way}, which breaks down once more"
                " than {number} steps are taken{math}.",
                "An ablation shows that {way} accounts for {share} % of the gain, and that {goal}"
                " does not depend on the choice of {thing}{math}.",
                "We release {number} checkpoints, the code of {name}, and a study of {thing} with"
                " {half} annotators{math}.",
            )
        )
        return form.format(**self._slots(name, THINGS, WAYS, GOALS, "where"))

    def sentence_zh(self, name: str) -> str:
        """Return a Chinese sentence; one in four has mathematics in it."""
        form = self._one(
            (
                "本文提出 {name}，用{way}代替{thing}，从而实现{goal}{math}。",
                "{name} 在 {number} 小时的{thing}上训练{way}，无需额外标注即可得到{goal}{math}。",
                "{name} 在 {number} 个{thing}基准上提高 {share} %，成本仅 {half} %{math}。",
                "以往关于{thing}的工作用{way}换取{goal}，步数超过 {number} 时便会失效{math}。",
                "消融实验表明，{way}贡献了 {share} % 的提升，而{goal}与{thing}的选择无关{math}。",
            )
        )
        return form.format(**self._slots(name, ZH_THINGS, ZH_WAYS, ZH_GOALS, "其中"))

    def _slots(
        self,
        name: str,
        things: tuple[str, ...],
        ways: tuple[str, ...],
        goals: tuple[str, ...],
        where: str,
    ) -> dict[str, object]:
        formula = f" ({where} {self._one(FORMULAS)})" if self.number(1, 4) == 1 else ""
        return {
            "name": name,
            "thing": self._one(things),
            "way": self._one(ways),
            "goal": self._one(goals),
            "number": self.number(2, 900),
            "share": f"{self.number(1, 40)}.{self.number(0, 9)}",
            "half": self.number(10, 90),
            "math": formula,
        }

    def _one(self, among: tuple[str, ...]) -> str:
        return self._random.choice(among)
