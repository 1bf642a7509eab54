"""Paper: HTML to PDF with fonts embedded, the frame that every sheet stands in, maps and codes as SVG (docs/cards.md).

body = render_to_string("landparcels/card.html", {...})
return pdf(framed(body, Frame(title="宗地卡片", source="…", as_of=day, synthetic=True)))
"""

from geo.printing.codes import qr
from geo.printing.documents import pdf
from geo.printing.figures import sentence
from geo.printing.frame import Frame, framed

__all__ = ["Frame", "framed", "pdf", "qr", "sentence"]
