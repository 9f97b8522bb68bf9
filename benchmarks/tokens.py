"""This module compares the guesses at tokens with a real tokenizer, and with a server's own count.

Both are those of the small model that `make model` installs: SmolLM2, whose vocabulary is small, so
that it makes more tokens of a text than larger models do. PDFs that are named are measured as well.
"""

import argparse
import json
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.model_server.real import MODEL, real_model

from digestgen.config import LlmSettings
from digestgen.fulltext import read_pdf
from digestgen.model import Lang
from digestgen.sources import sample
from digestgen.summarize.llm import wire
from digestgen.summarize.llm.asked import PARTS, schema
from digestgen.summarize.llm.prompts import Prompts
from digestgen.summarize.llm.tokens import asked_tokens, most_tokens, tokens
from digestgen.summarize.llm.wire import Question
from digestgen.templating import Templates

KINDS = {
    "English": "We propose a fast filter that learns from clean patches and removes the noise.",
    "names": "Zhou Xiaoqing, Krzysztof Wojciechowski, Nils Reimers and Iryna Gurevych",
    "abbreviations": "CIFAR, COCO, KITTI, LSUN, FFHQ, DDPM, DDIM, VQGAN and ICDAR",
    "digits": "93.4 91.27 0.0031 1024 2048 65536 3.14159 271828 1000000",
    "signs": "()[]{}<>=+-*/^_~|&%$#@!;:'\",.?" * 3,
    "TeX": r"$\mathcal{L}_{\theta} = \mathbb{E}_{x_0}[\|\epsilon - \sqrt{\bar{\alpha}_t}\|^2]$",
    "Greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "Chinese": "我们提出了一种新的扩散模型去噪方法，能够显著提升图像生成的质量。",
    "rare Chinese": "龘靐齉爨癵驫麤鱻灪鸞",
    "emoji": "😀🎉🚀🧪🔬",
}
RUN = 20  # sentences that are measured together, as a question has them
SENTENCES = 10  # of a paper, in a question
PAPERS = 1
LANGUAGES: tuple[Lang, ...] = ("en", "zh")


def main() -> None:
    arguments = _arguments()
    with real_model() as url:
        print(f"{'text':<24}{'guess':>7}{'real':>7}{'ratio':>7}{'bytes':>7}")
        for kind, text in KINDS.items():
            _show(kind, tokens(text), _tokenized(url, text), len(text.encode()))
        files = [*_sample_pdfs(), *arguments.pdf]
        ratios = sorted(_ratios(url, [text for file in files for text in _sentences(file)]))
        middle = ratios[len(ratios) // 2]
        print(f"\n{len(ratios)} runs of {RUN} sentences of {len(files)} PDFs, guess to real:")
        print(f"least {ratios[0]:.2f}, median {middle:.2f}, most {ratios[-1]:.2f}")
        print(f"\n{'question':<24}{'guess':>7}{'usage':>7}{'ratio':>7}{'most':>7}")
        asked = [_show(*row) for row in _questions(url)]
    least = min(ratios[0], *asked)
    print(f"\ngoal: no question and no run guessed too small: {'met' if least >= 1 else 'missed'}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare guesses at tokens with real counts.")
    parser.add_argument("pdf", nargs="*", type=Path, help="further papers (default: none)")
    return parser.parse_args()


def _show(name: str, guess: int, real: int, most: int) -> float:
    """Print a row; return how much larger the guess is."""
    print(f"{name:<24}{guess:>7}{real:>7}{guess / real:>7.2f}{most:>7}")
    return guess / real


def _sample_pdfs() -> list[Path]:
    return sorted((Path(sample.__file__).parent / "sample_pdfs").glob("*.pdf"))


def _sentences(pdf: Path) -> list[str]:
    """Return the sentences of a paper that a model would be given."""
    reading = read_pdf(pdf.read_bytes(), authors=(), most_pictures=0).reading
    kept = [section for section in reading.sections if section.role != "references"]
    return [sentence.text for section in kept for sentence in section.sentences]


def _ratios(url: str, texts: Sequence[str]) -> Iterator[float]:
    for start in range(0, len(texts), RUN):
        run = "\n".join(texts[start : start + RUN])
        yield tokens(run) / _tokenized(url, run)


def _questions(url: str) -> Iterator[tuple[str, int, int, int]]:
    """Ask the server for one token, and yield what it says that the question had."""
    settings = LlmSettings(base_url=url, model=MODEL, max_tokens=1)
    for lang in LANGUAGES:
        prompts = Prompts(Templates().verbatim, lang)
        for number, pdf in enumerate(_sample_pdfs()[:PAPERS], start=1):
            given = _sentences(pdf)[:SENTENCES]
            for part in PARTS:
                question = Question(prompt=prompts.ask(part, given), schema=schema(part))
                body = wire.body(settings, question, wire.manner(settings))
                answer = _posted(wire.address(settings), body)
                real = int(answer["usage"]["prompt_tokens"])
                name = f"{lang}, paper {number}, {part.name}"
                yield name, asked_tokens(question), real, most_tokens(question)


def _tokenized(url: str, text: str) -> int:
    body = json.dumps({"content": text}).encode()
    return len(_posted(f"{url.removesuffix('/v1')}/tokenize", body)["tokens"])


def _posted(url: str, body: bytes) -> dict[str, dict[str, int]]:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request) as answer:  # noqa: S310  # it is on this machine
        read: dict[str, dict[str, int]] = json.load(answer)
    return read


if __name__ == "__main__":
    main()
