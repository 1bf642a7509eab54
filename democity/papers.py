"""Planning conditions of a few parcels as papers: printed like everything else, marked as invented, handed in by the demo's land officer."""

from datetime import date
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import format_html, format_html_join

from accounts.models import User
from geo.printing import Frame, framed, pdf
from landparcels.card.wording import value_words
from landparcels.documents.models import ParcelDocument
from landparcels.documents.services import add_document
from landparcels.indicators import catalogue
from landparcels.models import Parcel

KEEPER = "demo-land"
PAPERS = 4
DATED = date(2026, 9, 15)
CONDITIONS = ("far_min", "far_max", "building_coefficient_min", "green_ratio_max", "building_height_max")


def hand_in_papers(seed: int) -> None:
    """For parcels on offer that have none yet; the same seed picks the same ones."""
    keeper = User.objects.filter(username=KEEPER).first()
    codes = list(Parcel.objects.on_offer().order_by("code").values_list("code", flat=True))
    if keeper is None or ParcelDocument.objects.exists():
        return
    for code in Random(seed).sample(codes, min(PAPERS, len(codes))):
        parcel = Parcel.objects.select_related("region").get(code=code)
        add_document(
            parcel=parcel,
            upload=SimpleUploadedFile("规划条件.pdf", conditions_of(parcel)),
            name="规划条件（演示）Planning conditions (synthetic)",
            kind="planning",
            dated=DATED,
            public=True,
            by=keeper,
        )


def conditions_of(parcel: Parcel) -> bytes:
    rows = (
        (catalogue()[code].zh, value_words(code, getattr(parcel, code), catalogue()[code].unit, english=False))
        for code in CONDITIONS
    )
    table = format_html_join("", "<tr><td>{}</td><td>{}</td></tr>", rows)
    body = format_html("<h1>规划条件（演示）</h1><p>{} · {}</p><table>{}</table>", parcel.name, parcel.code, table)
    return pdf(framed(body, Frame("规划条件（演示）", "虚构数据", DATED, synthetic=True)))
