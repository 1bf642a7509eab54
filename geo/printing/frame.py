"""What every printed sheet has around it: title, where the figures are from, the map review number, page of pages."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Literal

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from geo.words import Words

SYNTHETIC = "演示数据 · synthetic"
PRODUCT = Words("落地 Luodi", "Luodi")


@dataclass(frozen=True, slots=True)
class Frame:
    """`source` names whose figures these are, `as_of` the day they hold for; `style` is the sheet's own CSS."""

    title: str
    source: str = ""
    as_of: date | None = None
    synthetic: bool = False
    english: bool = False
    paper: Literal["A4", "A3"] = "A4"
    landscape: bool = False
    style: str = ""


def framed(body: SafeString, frame: Frame) -> SafeString:
    """A whole document. The body brings its own heading; from the second page on the title runs along."""
    synthetic = format_html(' <span class="synthetic">{}</span>', SYNTHETIC) if frame.synthetic else ""
    parts = [words for words in _origin(frame) if words]
    return format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title>'
        '<meta name="generator" content="Luodi"><style>{}{}</style></head><body>'
        '<div class="running"><span class="mark">{}</span>{}</div><div class="origin">{}{}</div>{}</body></html>',
        "en" if frame.english else "zh-CN",
        frame.title,
        _stylesheet(frame),
        mark_safe(frame.style),  # written in our own modules
        PRODUCT.en if frame.english else PRODUCT.zh,
        frame.title,
        format_html_join(" · ", "{}", ((part,) for part in parts)),
        synthetic,
        body,
    )


def _origin(frame: Frame) -> tuple[str, str, str]:
    source = Words(f"数据来源：{frame.source}", f"Source: {frame.source}") if frame.source else None
    day = Words(f"数据日期：{frame.as_of}", f"As of {frame.as_of}") if frame.as_of else None
    number = settings.MAP_REVIEW_NUMBER
    review = Words(f"审图号：{number}", f"Map review number 审图号 {number}") if number else None
    source_words, day_words, review_words = (
        "" if words is None else words.en if frame.english else words.zh for words in (source, day, review)
    )
    return source_words, day_words, review_words


def _stylesheet(frame: Frame) -> SafeString:
    turned = " landscape" if frame.landscape else ""
    css = files("geo.printing").joinpath("frame.css").read_text(encoding="utf-8")
    return mark_safe(f"@page {{ size: {frame.paper}{turned}; }}\n{css}")  # our own file
