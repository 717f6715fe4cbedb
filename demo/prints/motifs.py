"""What recurs in the prints: sky, hills, water, houses, boats, trees, people. Each motif draws flat shapes on a Print and
keeps no state; chance comes from the Print alone."""

from .ink import HEIGHT, INK, OCHRE, PAPER, PETROL, ROSE, WIDTH, num


# Sky and land

def sky(p, *bands):
    """Bands are (y, colour) from the top down: each fills everything below its y."""
    for y, colour in bands:
        p.rect(0, y, WIDTH, HEIGHT - y, colour)


def sun(p, x, y, r, fill, ring=None):
    if ring:
        p.circle(x, y, r * 1.45, ring)
    p.circle(x, y, r, fill)


def cloud(p, x, y, w, fill, h=26):
    """Two or three flat bars, as a wood block gives them."""
    p.rect(x, y, w, h, fill, h / 2)
    p.rect(x + w * 0.22, y - h * 0.8, w * 0.5, h, fill, h / 2)
    p.rect(x - w * 0.18, y + h * 0.8, w * 0.6, h, fill, h / 2)


def hills(p, y, swing, fill, step=240):
    """A smooth ridge about y that goes down to the bottom of the sheet."""
    x, last = -step / 2, y + p.rnd.uniform(-swing, swing)
    d = f"M{num(x)} {HEIGHT}L{num(x)} {num(last)}"
    while x < WIDTH + step:
        nxt = y + p.rnd.uniform(-swing, swing)
        d += f"C{num(x + step / 2)} {num(last)} {num(x + step / 2)} {num(nxt)} {num(x + step)} {num(nxt)}"
        x, last = x + step, nxt
    p.path(d + f"L{num(x)} {HEIGHT}Z", fill)


def ripples(p, top, bottom, fill, count, left=0, right=WIDTH, op=1):
    """Dashes of light on water, longer and thicker as they come nearer."""
    for i in range(count):
        near = (i + 0.5) / count
        y = top + (bottom - top) * near ** 1.35
        w = (24 + 150 * near) * p.rnd.uniform(0.5, 1.15)
        x = p.rnd.uniform(left - w * 0.3, right - w * 0.7)
        p.rect(x, y, w, 2.5 + 5 * near, fill, 4, op)


def glitter(p, x, top, bottom, fill, width):
    """The path of a sun or lamp on water."""
    y, step = top, 12
    while y < bottom:
        w = width * p.rnd.uniform(0.35, 1)
        p.rect(x - w / 2 + p.rnd.uniform(-12, 12), y, w, step * 0.42, fill, 3)
        y, step, width = y + step, step * 1.1, width * 1.04


def along(p0, p1, p2, t):
    """The point at t, from 0 to 1, of the curve from p0 to p2 that p1 draws to itself."""
    return tuple(a * (1 - t) ** 2 + 2 * b * t * (1 - t) + c * t * t for a, b, c in zip(p0, p1, p2))


def stars(p, bottom, fill, count):
    dots = {3: "", 4: "", 6: ""}
    for _ in range(count):
        dots[p.rnd.choice((3, 4, 4, 6))] += f"M{p.rnd.uniform(0, WIDTH):.0f} {p.rnd.uniform(0, bottom):.0f}h.1"
    for size, d in dots.items():
        p.stroke(d, fill, size)


def rain(p, fill, count, slant=70, length=150, width=3, op=0.75):
    d = ""
    for _ in range(count):
        x, y = p.rnd.uniform(-40, WIDTH + slant), p.rnd.uniform(-80, HEIGHT)
        much = p.rnd.uniform(0.5, 1)
        d += f"M{x:.0f} {y:.0f}l{-slant * much:.0f} {length * much:.0f}"
    p.stroke(d, fill, width, "round", op)


def gull(p, x, y, size, colour):
    s = size
    p.stroke(f"M{num(x - s)} {num(y - s * .3)}Q{num(x - s * .4)} {num(y - s * .6)} {num(x)} {num(y)}"
             f"Q{num(x + s * .4)} {num(y - s * .6)} {num(x + s)} {num(y - s * .3)}", colour, max(3, s * 0.16))


def tree(p, x, base, h, leaf, trunk, shade=None):
    p.rect(x - h * 0.03, base - h * 0.4, h * 0.06, h * 0.4, trunk)
    p.circle(x, base - h * 0.62, h * 0.34, leaf)
    if shade:
        p.path(f"M{num(x)} {num(base - h * .96)}a{num(h * .34)} {num(h * .34)} 0 0 1 0 {num(h * .68)}"
               f"a{num(h * .5)} {num(h * .5)} 0 0 0 0 {num(-h * .68)}", shade)


def poplar(p, x, base, h, leaf, shade):
    w = h * 0.13
    p.oval(x, base - h / 2, w, h / 2, leaf)
    p.path(f"M{num(x)} {num(base - h)}A{num(w)} {num(h / 2)} 0 0 1 {num(x)} {num(base)}Z", shade)


def reeds(p, x0, x1, base, h, colour, count, heads=None):
    stems = tips = ""
    for _ in range(count):
        x, tall = p.rnd.uniform(x0, x1), h * p.rnd.uniform(0.6, 1)
        lean = p.rnd.uniform(-20, 26)
        stems += f"M{x:.0f} {base}q0 {-tall * .6:.0f} {lean:.0f} {-tall:.0f}"
        if heads and p.rnd.random() < 0.4:
            tips += f"M{x + lean:.0f} {base - tall:.0f}l{-lean * 0.2:.0f} 34"
    p.stroke(stems, colour, 5)
    if tips:
        p.stroke(tips, heads, 11)


# Town

def house(p, x, base, w, h, wall, roof, window, lit=None):
    """A gabled house seen from the front; one side of it always lies in the shade."""
    peak = base - h - w * 0.62
    p.rect(x + w * 0.7, peak + w * 0.12, w * 0.12, w * 0.4, roof)
    p.poly([(x, base), (x, base - h), (x + w / 2, peak), (x + w, base - h), (x + w, base)], wall)
    p.path(f"M{num(x + w / 2)} {num(peak)}l{num(w / 2)} {num(base - h - peak)}V{num(base)}h{num(-w / 2)}z", INK, 0.13)
    p.poly([(x - 5, base - h + 7), (x + w / 2, peak - 9), (x + w + 5, base - h + 7), (x + w + 5, base - h - 7),
            (x + w / 2, peak - 25), (x - 5, base - h - 7)], roof)
    rows = max(1, int(h / (w * 0.62)))
    pane_w, pane_h = w * 0.2, min(h / rows * 0.48, w * 0.34)
    dark, bright = [(x + w * 0.44, base - h - w * 0.24, w * 0.12, w * 0.16)], []
    for row in range(rows):
        y = base - h + h / rows * row + h / rows * 0.18
        for col in (0.17, 0.63):
            (bright if lit and p.rnd.random() < 0.45 else dark).append((x + w * col, y, pane_w, pane_h))
    p.rects(dark, window)
    p.rects(bright, lit)


def terrace(p, x0, x1, base, walls, roofs, window, heights=(90, 150), widths=(64, 96), lit=None):
    """Houses side by side; no two neighbours have the same wall."""
    x, last = x0, None
    while x < x1:
        w, h = p.rnd.uniform(*widths), p.rnd.uniform(*heights)
        wall = p.rnd.choice([c for c in walls if c != last] or walls)
        house(p, x, base, w, h, wall, p.rnd.choice(roofs), window, lit)
        x, last = x + w, wall


def roofscape(p, base, colour, low, high, step=(50, 110)):
    """The town as one dark shape with gables and chimneys."""
    x, points = -20, [(-20, HEIGHT)]
    while x < WIDTH + 20:
        w, h = p.rnd.uniform(*step), p.rnd.uniform(low, high)
        points += [(x, base - h), (x + w / 2, base - h - w * 0.5), (x + w, base - h)]
        x += w
        if p.rnd.random() < 0.35:
            points += [(x, base - h - 34), (x + 14, base - h - 34)]
            x += 14
    p.poly(points + [(x, HEIGHT)], colour)


def lamp_post(p, x, base, h, colour, light):
    p.rect(x - 3, base - h, 6, h, colour)
    p.rect(x - 9, base - 14, 18, 14, colour)
    p.circle(x, base - h, h * 0.14, light)
    p.poly([(x - h * .1, base - h - h * .1), (x, base - h - h * .22), (x + h * .1, base - h - h * .1)], colour)


def person(p, x, base, h, coat, head=INK, legs=INK, hat=None, turn=0):
    """A standing figure in a coat: the size is the whole height."""
    p.rect(x - h * 0.075, base - h * 0.36, h * 0.06, h * 0.36, legs)
    p.rect(x + h * 0.02, base - h * 0.36, h * 0.06, h * 0.36, legs)
    p.path(f"M{num(x - h * .13)} {num(base - h * .3)}L{num(x - h * .1)} {num(base - h * .74)}"
           f"Q{num(x)} {num(base - h * .86)} {num(x + h * .1)} {num(base - h * .74)}"
           f"L{num(x + h * .14)} {num(base - h * .3)}Z", coat)
    p.circle(x + turn * h * 0.02, base - h * 0.89, h * 0.085, head)
    if hat:
        p.rect(x - h * 0.11 + turn * h * .02, base - h * 0.955, h * 0.22, h * 0.03, hat)
        p.rect(x - h * 0.075 + turn * h * .02, base - h * 1.02, h * 0.15, h * 0.08, hat, h * 0.03)


def player(p, x, base, h, shirt, shorts, head=INK):
    """A footballer on the run, in shirt and shorts."""
    p.stroke(f"M{num(x - h * .05)} {num(base - h * .4)}L{num(x - h * .16)} {num(base - h * .02)}"
             f"M{num(x + h * .05)} {num(base - h * .4)}L{num(x + h * .12)} {num(base - h * .2)}L{num(x + h * .04)} {num(base)}",
             ROSE, h * 0.08)
    p.rect(x - h * 0.13, base - h * 0.5, h * 0.26, h * 0.18, shorts)
    p.stroke(f"M{num(x - h * .12)} {num(base - h * .74)}l{num(-h * .14)} {num(h * .2)}M{num(x + h * .12)} {num(base - h * .74)}"
             f"l{num(h * .16)} {num(h * .12)}", shirt, h * 0.08)
    p.rect(x - h * 0.14, base - h * 0.8, h * 0.28, h * 0.36, shirt, h * 0.06)
    p.circle(x, base - h * 0.9, h * 0.09, head)


# Afloat (the waterline is at y)

def sailboat(p, x, y, s, hull, sail, jib, lean=0):
    with p.at(x, y, s, lean):
        p.rect(-2, -150, 4, 150, INK)
        p.path("M6 -146Q62 -70 66 -16L6 -12Z", sail)
        p.path("M-6 -128Q-40 -50 -50 -12L-6 -12Z", jib)
        p.path("M-58 -8H60Q54 16 38 18H-40Q-54 14 -58 -8Z", hull)


def trawler(p, x, y, s, hull, house_fill, trim, flip=False):
    with p.at(x, y, s, 0, flip):
        p.rect(-96, -212, 7, 150, INK)
        p.line(-92, -205, -168, -98, INK, 3)
        p.rect(66, -190, 7, 120, INK)
        p.line(70, -186, 166, -84, INK, 3)
        p.line(70, -186, -92, -205, INK, 2)
        p.line(70, -186, 10, -150, INK, 3)
        p.rect(-64, -146, 104, 96, house_fill)
        p.rect(-74, -156, 124, 14, trim)
        for i in range(3):
            p.rect(-54 + i * 31, -130, 22, 24, INK)
        p.rect(-20, -190, 24, 36, trim)
        p.path("M-176 -66L-60 -48L90 -56L192 -100Q176 -34 158 0H-158Q-174 -30 -176 -66Z", hull)
        p.path("M-177 -72L-60 -54L90 -62L194 -108L192 -94L90 -48L-60 -40L-176 -58Z", trim)
        p.path("M-165 -14L-158 0H158L163 -14Z", INK, 0.3)


def ferry_boat(p, x, y, s, hull, cabin, trim, glass):
    with p.at(x, y, s):
        p.rect(-12, -190, 40, 56, trim)
        p.rect(-12, -178, 40, 10, PAPER)
        p.rect(-150, -118, 300, 62, cabin)
        for i in range(8):
            p.rect(-138 + i * 35.5, -104, 26, 30, glass)
        p.rect(-66, -152, 40, 40, cabin)
        p.rect(-60, -146, 28, 18, glass)
        p.rect(40, -152, 40, 40, cabin)
        p.rect(46, -146, 28, 18, glass)
        p.rect(-164, -126, 328, 10, trim)
        p.path("M-240 -66H240L214 0H-214Z", hull)
        p.path("M-240 -66H240L236 -54H-236Z", PAPER)
        p.path("M-220 -14H220L214 0H-214Z", INK, 0.35)
        for end in (-1, 1):
            p.line(end * 218, -66, end * 218, -112, INK, 4)


def skiff(p, x, y, s, hull, inside, turn=0):
    """A small open boat seen from above."""
    with p.at(x, y, s, turn):
        p.path("M0 -60Q30 -20 24 40H-24Q-30 -20 0 -60Z", hull)
        p.path("M0 -46Q21 -14 17 32H-17Q-21 -14 0 -46Z", inside)
        p.rect(-20, -10, 40, 9, hull)
        p.rect(-19, 14, 38, 9, hull)


def crane(p, x, base, s, frame, cab, flip=False):
    with p.at(x, base, s, 0, flip):
        for foot in (-46, 40):
            p.rect(foot, -120, 10, 120, frame)
        p.rect(-52, -128, 108, 12, frame)
        p.line(-42, -116, 44, -10, frame, 4)
        p.rect(-30, -190, 62, 62, cab)
        p.rect(6, -178, 26, 24, INK)
        p.rect(-8, -260, 12, 74, frame)
        p.line(24, -178, 190, -330, frame, 9)
        p.line(0, -256, 190, -330, frame, 3)
        p.line(0, -256, -60, -184, frame, 4)
        p.rect(-74, -190, 40, 28, frame)
        p.line(190, -330, 190, -220, frame, 3)


# On rails

def tram(p, x, rail, s, body, stripe, glass, lit=False):
    """A single car seen from the side, 400 units long."""
    with p.at(x, rail, s):
        p.stroke("M-20 -172L20 -205L-10 -232", INK, 5)
        p.line(-60, -234, 50, -234, INK, 5)
        p.rect(-206, -172, 412, 22, INK, 10)
        p.rect(-214, -160, 428, 136, body, 22)
        p.rect(-214, -78, 428, 18, stripe)
        for i in range(7):
            p.rect(-196 + i * 57, -142, 46, 54, glass, 5)
        for door in (-139, 146 - 57):
            p.rect(door, -142, 46, 108, PETROL if lit else INK, 5)
            p.rect(door + 6, -136, 15, 92, glass)
            p.rect(door + 25, -136, 15, 92, glass)
        p.rect(-170, -26, 340, 14, INK)
        for wheel in (-120, -70, 70, 120):
            p.circle(wheel, -14, 14, INK)
        p.circle(204, -44, 7, OCHRE)


def tram_front(p, x, rail, s, body, stripe, glass):
    with p.at(x, rail, s):
        p.stroke("M-30 -330L0 -362L30 -330", INK, 6)
        p.line(-60, -364, 60, -364, INK, 6)
        p.rect(-92, -336, 184, 20, INK, 10)
        p.rect(-104, -324, 208, 300, body, 34)
        p.rect(-60, -306, 120, 26, INK, 6)
        p.rect(-86, -266, 172, 106, glass, 14)
        p.poly([(-30, -160), (30, -266), (74, -266), (14, -160)], PAPER, 0.35)
        p.rect(-104, -136, 208, 22, stripe)
        for lamp in (-66, 66):
            p.circle(lamp, -82, 16, PAPER)
        p.rect(-84, -30, 168, 20, INK)
        p.rect(-70, -16, 24, 18, INK)
        p.rect(46, -16, 24, 18, INK)
