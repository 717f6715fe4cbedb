"""Eleven inks and a sheet of 1200 by 675. A Print collects flat shapes and gives them back as SVG text: no text elements,
no scripts, no gradients, nothing from outside. It never draws anything by itself."""

from contextlib import contextmanager
from random import Random

WIDTH, HEIGHT = 1200, 675

INK = "#22304a"
PETROL = "#2c5d6f"
SEA = "#6fa59d"
MIST = "#cddcd4"
PAPER = "#f6eddb"
SAND = "#ecd2a2"
OCHRE = "#e4a73d"
CORAL = "#d9583d"
ROSE = "#efb79c"
MOSS = "#808f50"
PLUM = "#6a3d50"


def num(value):
    """A coordinate as short as it can be written: whole from 20 on, below that one decimal at most."""
    text = f"{value:.0f}.0" if abs(value) >= 20 else f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def pairs(points):
    return " ".join(f"{num(x)},{num(y)}" for x, y in points)


class Print:
    """One sheet. The name seeds its chance, so that the same name always gives the same picture."""

    def __init__(self, name, ground):
        self.rnd = Random(name)
        self._parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{ground}"/>']

    def rect(self, x, y, w, h, fill, r=0, op=1):
        radius = f' rx="{num(r)}"' if r else ""
        self._add(f'<rect x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}"{radius} fill="{fill}"{self._op(op)}/>')

    def rects(self, boxes, fill, op=1):
        """Many boxes (x, y, w, h) of one colour as a single path, to keep the file small."""
        d = "".join(f"M{num(x)} {num(y)}h{num(w)}v{num(h)}h{num(-w)}z" for x, y, w, h in boxes)
        if d:
            self._add(f'<path d="{d}" fill="{fill}"{self._op(op)}/>')

    def circle(self, x, y, r, fill, op=1):
        self._add(f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(r)}" fill="{fill}"{self._op(op)}/>')

    def oval(self, x, y, rx, ry, fill, op=1):
        self._add(f'<ellipse cx="{num(x)}" cy="{num(y)}" rx="{num(rx)}" ry="{num(ry)}" fill="{fill}"{self._op(op)}/>')

    def poly(self, points, fill, op=1):
        self._add(f'<polygon points="{pairs(points)}" fill="{fill}"{self._op(op)}/>')

    def path(self, d, fill="none", op=1):
        self._add(f'<path d="{d}" fill="{fill}"{self._op(op)}/>')

    def stroke(self, d, colour, width, cap="round", op=1):
        self._add(f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{num(width)}" stroke-linecap="{cap}"'
                  f' stroke-linejoin="round"{self._op(op)}/>')

    def line(self, x1, y1, x2, y2, colour, width, cap="round", op=1):
        self.stroke(f"M{num(x1)} {num(y1)}L{num(x2)} {num(y2)}", colour, width, cap, op)

    @contextmanager
    def at(self, x, y, scale=1, turn=0, flip=False):
        """Everything drawn inside stands at (x, y), scaled, turned by degrees, mirrored if asked."""
        across = -scale if flip else scale
        move = f"translate({num(x)} {num(y)})"
        rotate = f" rotate({num(turn)})" if turn else ""
        size = f" scale({across:.3g} {scale:.3g})" if (scale != 1 or flip) else ""
        self._add(f'<g transform="{move}{rotate}{size}">')
        yield
        self._add("</g>")

    def svg(self):
        head = (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
                f' viewBox="0 0 {WIDTH} {HEIGHT}">')
        return head + "".join(self._parts) + "</svg>\n"

    def _add(self, part):
        self._parts.append(part)

    @staticmethod
    def _op(op):
        return "" if op == 1 else f' opacity="{op}"'


SCENES = {}


def scene(name, ground):
    """Registers a drawing under the name of its file; it is handed a fresh sheet of the given colour."""
    def register(draw):
        def printed():
            sheet = Print(name, ground)
            draw(sheet)
            return sheet.svg()
        SCENES[name] = printed
        return draw
    return register
