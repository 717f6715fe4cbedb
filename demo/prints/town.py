"""Scenes of streets and fields: houses, trams, the market, the hills behind the town."""

from .ink import CORAL, HEIGHT, INK, MIST, MOSS, OCHRE, PAPER, PETROL, PLUM, ROSE, SAND, SEA, WIDTH, num, scene
from .motifs import (cloud, gull, hills, house, lamp_post, person, player, poplar, rain, roofscape, sky, stars, sun, terrace,
                     tram, tram_front)


@scene("midwinter-lights", INK)
def midwinter_lights(p):
    sky(p, (0, INK), (240, PETROL))
    stars(p, 230, PAPER, 34)
    for side in (0, 1):
        for i, w in enumerate((250, 150, 90)):
            h = 430 - i * 90
            x = (sum((250, 150, 90)[:i])) if not side else WIDTH - sum((250, 150, 90)[:i + 1])
            house(p, x, 600 - i * 34, w, h - 90, (PLUM, CORAL, PLUM)[i] if side else (CORAL, PLUM, PETROL)[i], INK, INK, OCHRE)
    p.poly([(490, 530), (710, 530), (1010, 675), (190, 675)], PLUM)
    p.poly([(560, 530), (640, 530), (760, 675), (440, 675)], OCHRE, 0.35)
    p.rect(574, 330, 52, 202, INK)
    p.poly([(566, 332), (600, 252), (634, 332)], INK)
    p.circle(600, 366, 14, OCHRE)
    lights = (OCHRE, CORAL, PAPER, SEA, ROSE)
    for y, dip, x0, x1 in ((170, 120, 60, 1140), (262, 84, 200, 1000), (330, 50, 330, 870)):
        p.stroke(f"M{x0} {y}Q{(x0 + x1) / 2:.0f} {y + dip * 2} {x1} {y}", INK, 4)
        count = 17 if dip > 100 else 13 if dip > 60 else 9
        for i in range(1, count):
            t = i / count
            x, yy = x0 + (x1 - x0) * t, y + dip * 4 * t * (1 - t)
            p.circle(x, yy + 12, 7 + dip / 14, lights[i % 5])
    for x, h, coat in ((420, 92, INK), (470, 84, CORAL), (520, 70, INK), (690, 76, INK), (742, 92, OCHRE), (800, 100, INK)):
        person(p, x, 590 + (h - 80) * .8, h, coat, ROSE, INK)


@scene("town-hall", ROSE)
def town_hall(p):
    sky(p, (0, PLUM), (160, CORAL), (290, ROSE))
    roofscape(p, 500, PLUM, 60, 130)
    p.rect(250, 262, 700, 310, SAND)
    p.rect(600, 262, 350, 310, INK, 0, 0.12)
    p.poly([(230, 264), (300, 176), (900, 176), (970, 264)], PETROL)
    p.rect(230, 258, 740, 16, INK)
    p.poly([(470, 262), (600, 150), (730, 262)], SAND)
    p.poly([(600, 150), (730, 262), (600, 262)], INK, 0.12)
    p.stroke("M462 264L600 146L738 264", INK, 12)
    p.rect(556, 40, 88, 124, SAND)
    p.rect(600, 40, 44, 124, INK, 0, 0.12)
    p.path("M546 42Q600 -30 654 42Z", SEA)
    p.circle(600, 98, 30, PAPER)
    p.line(600, 98, 600, 78, INK, 5)
    p.line(600, 98, 613, 104, INK, 5)
    for i in range(9):
        x = 282 + i * 73
        p.path(f"M{x} 384v-58q23 -28 46 0v58z", OCHRE)
        p.rect(x + 21, 316, 4, 68, INK)
        p.rect(x, 348, 46, 4, INK)
        if i != 4:
            p.rect(x, 440, 46, 74, PETROL)
            p.rect(x + 21, 440, 4, 74, INK)
    p.path("M558 572v-120q42 -50 84 0v120z", INK)
    p.rect(250, 404, 700, 10, CORAL)
    p.poly([(520, 572), (680, 572), (710, 600), (490, 600)], PAPER)
    p.rect(0, 590, WIDTH, 85, INK)
    p.poly([(490, 600), (710, 600), (800, 675), (400, 675)], OCHRE, 0.5)
    for x in (150, 1050):
        lamp_post(p, x, 612, 190, INK, OCHRE)
    person(p, 820, 628, 110, CORAL, ROSE, PAPER)
    person(p, 866, 624, 104, SEA, ROSE, PAPER)


@scene("town-clock", SEA)
def town_clock(p):
    sky(p, (0, MIST), (330, PAPER))
    cloud(p, 110, 150, 240, PAPER, 26)
    cloud(p, 900, 250, 220, MIST, 22)
    p.path("M330 96Q600 -190 870 96Z", SEA)
    p.path("M600 -48Q760 -20 870 96H600Z", PETROL, 0.5)
    p.rect(310, 92, 580, 34, INK)
    p.rect(340, 126, 520, 560, CORAL)
    p.rect(600, 126, 260, 560, PLUM, 0, 0.45)
    for x in (340, 816):
        p.rect(x, 126, 44, 560, SAND)
        for i in range(7):
            p.rect(x, 200 + i * 76, 44, 5, INK, 0, 0.35)
    p.circle(600, 380, 214, INK)
    p.circle(600, 380, 198, PAPER)
    for i in range(12):
        with p.at(600, 380, 1, i * 30):
            p.rect(-7 if i % 3 else -11, -182, 14 if i % 3 else 22, 34 if i % 3 else 46, INK)
    with p.at(600, 380, 1, -24):
        p.poly([(-11, 30), (-6, -158), (0, -172), (6, -158), (11, 30)], PLUM)
    with p.at(600, 380, 1, 148):
        p.poly([(-15, 30), (-10, -96), (0, -116), (10, -96), (15, 30)], PLUM)
    p.circle(600, 380, 18, CORAL)
    for x, y, s in ((170, 330, 46), (260, 470, 34), (110, 560, 26), (1000, 140, 44), (1090, 420, 36), (980, 560, 26)):
        p.path(f"M{x - s} {y - s * .5:.0f}Q{x - s * .2:.0f} {y - s * .5:.0f} {x} {y}Q{x + s * .2:.0f} {y - s * .5:.0f} {x + s}"
               f" {y - s * .5:.0f}Q{x + s * .3:.0f} {y - s * .1:.0f} {x} {y + s * .5:.0f}Q{x - s * .3:.0f} {y - s * .1:.0f}"
               f" {x - s} {y - s * .5:.0f}Z", INK)


@scene("market-stalls", PAPER)
def market_stalls(p):
    sky(p, (0, MIST), (180, PAPER))
    terrace(p, -30, 1220, 380, (SAND, ROSE, SEA, CORAL, MIST), (PETROL, PLUM, INK), INK, (120, 190), (110, 150))
    p.rect(0, 376, WIDTH, 300, SAND)
    for i in range(9):
        p.rect(p.rnd.uniform(0, 1100), 590 + i * 9, p.rnd.uniform(60, 160), 5, ROSE, 3)
    stripes = ((CORAL, PAPER), (PETROL, PAPER), (OCHRE, PAPER), (PLUM, ROSE))
    goods = ((CORAL, OCHRE, MOSS), (MIST, SEA, PAPER), (OCHRE, MOSS, CORAL), (PLUM, ROSE, MOSS))
    for n in range(4):
        stall(p, 30 + n * 295, 560, stripes[n], goods[n])
    shoppers = ((330, 178, PLUM, ROSE, 1), (612, 186, INK, ROSE, -1), (655, 150, CORAL, PLUM, -1), (910, 180, PETROL, PLUM, 1))
    for x, h, coat, head, turn in shoppers:
        person(p, x, 626, h, coat, head, INK, None, turn)
        p.path(f"M{x + 24} 546h34l-4 38h-26z", OCHRE)
        p.stroke(f"M{x + 28} 546q13 -26 26 0", INK, 3)


def stall(p, x, base, stripe, goods):
    p.rect(x + 8, base - 190, 7, 190, INK)
    p.rect(x + 238, base - 190, 7, 190, INK)
    for odd in (0, 1):
        p.path("".join(f"M{num(x + 8 + i * 34)} {base - 236}h34L{num(x - 10 + (i + 1) * 38.5)} {base - 173}"
                       f"a19 17 0 0 1 -38.5 0z" for i in range(odd, 7, 2)), stripe[odd])
    p.rect(x + 6, base - 176, 242, 22, INK, 0, 0.1)
    person(p, x + 128, base - 10, 142, stripe[0], ROSE, INK)
    p.rect(x - 2, base - 70, 258, 70, PLUM)
    for i in range(3):
        p.stroke("".join(f"M{x + 18 + i * 83 + k * 14} {base - 76}h.1" for k in range(5)), goods[i], 22)
    p.rects([(x + 4 + i * 83, base - 74, 78, 34) for i in range(3)], SAND)
    p.rects([(x + 4 + i * 83, base - 58, 78, 4) for i in range(3)], OCHRE)


@scene("ironmonger", SEA)
def ironmonger(p):
    p.rect(0, 0, WIDTH, 600, SEA)
    p.rect(0, 0, WIDTH, 70, PETROL)
    for x in range(40, 1200, 230):
        p.rect(x + 40, -10, 110, 60, MIST)
    p.rect(60, 96, 1080, 66, INK)
    p.rect(74, 110, 1052, 38, OCHRE)
    p.rect(74, 110, 1052, 8, PAPER, 0, 0.5)
    p.rect(90, 190, 390, 320, INK)
    p.rect(720, 190, 390, 320, INK)
    p.rect(540, 190, 130, 410, PLUM)
    p.rect(558, 210, 94, 200, OCHRE)
    p.circle(640, 440, 8, SAND)
    for left in (90, 720):
        for row in range(3):
            p.rect(left + 12, 290 + row * 84, 366, 8, SAND)
    for i in range(5):
        p.circle(138 + i * 70, 344, 26, (OCHRE, MIST, CORAL, SAND, SEA)[i])
        p.rect(756 + i * 68, 318, 44, 56, (SEA, OCHRE, PAPER, CORAL, SAND)[i])
        p.path(f"M{744 + i * 70} 290v-36h42v36z", (ROSE, CORAL, OCHRE, MIST, CORAL)[i])
    p.rects([(170, 384, 14, 74), (290, 384, 14, 74), (160, 446, 154, 12)], CORAL)
    p.rect(184, 390, 106, 20, SAND, 9)
    p.rect(184, 416, 106, 20, SAND, 9)
    p.stroke("M338 386a27 27 0 1 1 -.1 0M338 386v54M311 413h54", CORAL, 7)
    p.rect(0, 590, WIDTH, 85, SAND)
    p.rect(0, 590, WIDTH, 10, INK)
    for i, x in enumerate((130, 220, 310, 400)):
        p.line(x, 166, x, 200, INK, 4)
        p.path(f"M{x - 34} 200h68l-12 62h-44z", (MIST, CORAL, MIST, OCHRE)[i])
        p.oval(x, 200, 34, 9, INK)
    p.line(770, 590, 830, 172, SAND, 12)
    p.line(850, 590, 900, 172, SAND, 12)
    for i in range(7):
        p.line(780 + i * 8, 540 - i * 54, 856 + i * 7, 540 - i * 54, SAND, 9)
    for i, x in enumerate((960, 1000, 1040)):
        p.line(x, 300, x + 12, 560, OCHRE, 9)
        p.path(f"M{x - 14} 552h52l12 48h-74z", (CORAL, PAPER, PETROL)[i])
    p.path("M400 600v-84h110v84z", MIST)
    p.stroke("M400 540q-54 -8 -70 -44", MIST, 12)
    p.stroke("M420 516q36 -60 72 0M508 530q44 30 0 56", MIST, 9)
    person(p, 606, 640, 190, INK, ROSE, PLUM, INK)


@scene("night-tram", INK)
def night_tram(p):
    sky(p, (0, INK), (330, PETROL))
    stars(p, 150, SAND, 26)
    p.circle(420, 76, 40, PAPER)
    p.circle(439, 66, 37, INK)
    terrace(p, -40, 1240, 470, (PETROL, PLUM, "#35466a"), (INK,), INK, (160, 240), (120, 170), OCHRE)
    p.rect(0, 466, WIDTH, 209, INK)
    for i in range(7):
        p.poly([(412 + i * 76, 556), (474 + i * 76, 556), (450 + i * 100, 675), (366 + i * 100, 675)], OCHRE, 0.7)
    p.rect(0, 546, WIDTH, 5, SEA)
    p.rect(0, 562, WIDTH, 4, SEA)
    p.line(0, 216, WIDTH, 216, SEA, 3)
    tram(p, 660, 552, 1.42, CORAL, PAPER, OCHRE, True)
    for i, x in enumerate((452, 620, 700, 850)):
        p.circle(x, 388, 16, INK)
        p.path(f"M{x - 26} 430q26 -44 52 0z", INK)
    lamp_post(p, 130, 560, 260, SEA, OCHRE)
    person(p, 196, 570, 150, SEA, ROSE, PLUM, PLUM, 1)


@scene("tram-and-bicycles", SAND)
def tram_and_bicycles(p):
    sky(p, (0, SAND), (220, PAPER))
    for side in (-1, 1):
        for i in range(3):
            w = 200 - i * 50
            x = (-40, 140, 280)[i] if side < 0 else (WIDTH + 40 - w, WIDTH - 140 - w, WIDTH - 280 - w)[i]
            house(p, x, 470 - i * 20, w, 260 - i * 70, (ROSE, MIST, CORAL)[i] if side < 0 else (SEA, ROSE, MIST)[i],
                  PLUM, PETROL)
    p.poly([(440, 420), (760, 420), (1300, 675), (-100, 675)], PETROL)
    for x0, x1 in ((560, 470), (580, 520), (620, 680), (640, 730)):
        p.line(x0, 420, x1, 675, MIST, 5)
    p.line(600, 0, 600, 120, INK, 3)
    tram_front(p, 600, 618, 1.36, CORAL, PAPER, INK)
    cyclist(p, 310, 640, 1.0, OCHRE, PLUM)
    cyclist(p, 900, 628, 0.94, SEA, INK)
    person(p, 1040, 640, 236, PLUM, ROSE, INK)
    with p.at(1126, 640):
        p.path("M-56 -110Q-40 -20 30 -24Q62 -60 60 -110Z", OCHRE)
        p.path("M-4 -110A62 62 0 0 1 60 -112Z", CORAL)
        p.line(-56, -110, -92, -150, INK, 6)
        p.circle(-24, -14, 18, INK)
        p.circle(40, -14, 18, INK)
    gull(p, 420, 90, 24, INK)
    gull(p, 800, 70, 18, INK)


def cyclist(p, x, base, s, coat, wheel):
    """A cyclist who comes towards us."""
    with p.at(x, base, s):
        p.oval(0, -52, 11, 54, wheel)
        p.rect(-5, -130, 10, 74, wheel)
        p.line(-50, -136, 50, -136, wheel, 8)
        p.circle(0, -122, 11, PAPER)
        p.stroke("M-22 -150L-32 -70L-22 -40M22 -150L28 -84L20 -64", INK, 20)
        p.path("M-44 -150Q-50 -236 0 -240Q50 -236 44 -150Z", coat)
        p.stroke("M-40 -220L-58 -140M40 -220L58 -140", coat, 18)
        p.circle(0, -268, 27, ROSE)
        p.path("M-30 -272A30 30 0 0 1 30 -272Z", INK)


@scene("sheep-at-stop", MIST)
def sheep_at_stop(p):
    sky(p, (0, PAPER), (280, MIST))
    hills(p, 300, 46, SEA)
    hills(p, 390, 26, MOSS)
    for x in (90, 180, 1010):
        poplar(p, x, 400, 190, PETROL, INK)
    p.rect(0, 470, WIDTH, 205, SAND)
    p.rect(0, 560, WIDTH, 115, PETROL)
    p.rect(0, 554, WIDTH, 12, PAPER)
    p.rect(0, 612, WIDTH, 6, MIST)
    p.rect(0, 640, WIDTH, 6, MIST)
    p.rect(250, 180, 12, 370, INK)
    p.circle(256, 170, 58, CORAL)
    p.circle(256, 170, 40, PAPER)
    p.rect(232, 148, 48, 38, INK, 8)
    p.rect(238, 154, 36, 15, PAPER, 3)
    p.rect(238, 186, 36, 5, INK)
    p.line(256, 148, 256, 138, INK, 4)
    p.rect(700, 440, 320, 18, PLUM)
    p.rect(700, 388, 320, 16, PLUM)
    p.rect(700, 360, 320, 14, PLUM)
    for x in (726, 980):
        p.rect(x, 360, 14, 190, INK)
    with p.at(500, 548, 1.2):
        for x in (-72, -40, 40, 72):
            p.rect(x - 8, -80, 16, 80, INK)
        for x, y, r in ((-70, -128, 48), (-20, -150, 56), (40, -146, 54), (80, -116, 44), (-80, -100, 40), (0, -104, 56),
                        (50, -98, 46), (-40, -98, 46)):
            p.circle(x, y, r, PAPER)
        p.path("M70 -192Q66 -226 108 -224Q150 -216 156 -168Q152 -140 124 -146Q86 -154 70 -192Z", INK)
        p.oval(74, -206, 26, 12, INK)
        p.circle(122, -192, 5, PAPER)
        p.stroke("M66 -160Q84 -132 112 -140", CORAL, 9)
        p.stroke("M100 -136Q170 -60 268 -100", CORAL, 4)
        for x, y in ((-60, -130), (-10, -110), (30, -150), (56, -112), (-30, -154)):
            p.stroke(f"M{x - 12} {y}q6 -12 12 0t12 0", SAND, 4)
    p.path("M780 440v-60q30 -22 56 0v60z", OCHRE)
    p.stroke("M792 376q16 -30 32 0", INK, 5)


@scene("noticeboard", PETROL)
def noticeboard(p):
    p.rect(0, 0, WIDTH, HEIGHT, SEA)
    bricks = []
    for y in range(0, 680, 58):
        for x in range(-60 + (y // 58 % 2) * 60, 1210, 120):
            bricks.append((x, y, 114, 52))
    p.rects(bricks, "#7fb0a7")
    p.poly([(130, 60), (600, 4), (1070, 60), (1070, 92), (130, 92)], INK)
    for x in (190, 980):
        p.rect(x, 60, 30, 620, INK)
    p.rect(150, 92, 900, 470, PLUM)
    p.rect(178, 120, 844, 414, OCHRE)
    colours = (PAPER, PAPER, MIST, ROSE, SAND, PAPER, CORAL, SEA)
    for row in range(4):
        for col in range(8):
            x, y = 236 + col * 104 + p.rnd.uniform(-14, 14), 172 + row * 98 + p.rnd.uniform(-12, 12)
            if p.rnd.random() < 0.1:
                continue
            note(p, x, y, p.rnd.uniform(76, 112), p.rnd.uniform(66, 104), p.rnd.choice(colours))
    p.rect(0, 620, WIDTH, 55, INK)
    person(p, 420, 660, 300, INK, ROSE, PLUM, CORAL, -1)
    person(p, 690, 660, 250, CORAL, PLUM, INK)


def note(p, x, y, w, h, fill):
    with p.at(x, y, 1, p.rnd.uniform(-9, 9)):
        p.rect(-w / 2, -h / 2, w, h, fill)
        line = INK if fill in (PAPER, MIST, SAND) else PAPER
        p.rects([(-w / 2 + 12, -h / 2 + 24 + i * 13, (w - 24) * p.rnd.uniform(0.4, 1), 4) for i in range(int((h - 36) / 13))],
                line, 0.5)
        p.circle(0, -h / 2 + 10, 6, CORAL if fill != CORAL else INK)


@scene("flood-marks", MIST)
def flood_marks(p):
    sky(p, (0, MIST), (300, ROSE))
    hills(p, 420, 16, SEA)
    p.poly([(330, 640), (330, 210), (640, 20), (950, 210), (950, 640)], PAPER)
    p.poly([(290, 232), (640, 14), (990, 232), (990, 192), (640, -30), (290, 192)], CORAL)
    p.rect(330, 560, 620, 80, ROSE)
    for x, y in ((410, 300), (520, 470), (820, 330), (700, 220), (880, 520), (380, 520)):
        p.rect(x, y, 52, 6, SAND, 3)
        p.rect(x + 20, y + 12, 40, 6, SAND, 3)
    for y, colour, dots in ((500, SEA, 1), (352, PETROL, 2), (340 - 26, PETROL, 3), (286, INK, 4)):
        p.rect(420, y, 330, 9, colour)
        for i in range(dots):
            p.circle(778 + i * 22, y + 4, 7, colour)
    p.rect(0, 630, WIDTH, 45, PLUM)
    p.rect(0, 500, 330, 130, MOSS)
    p.rect(950, 500, 250, 130, MOSS)
    for i in range(6):
        p.rect(20 + i * 47, 510 + i % 3 * 34, 80, 6, SEA, 3)
        p.rect(970 + i * 30, 516 + i % 3 * 36, 70, 6, SEA, 3)
    bicycle(p, 610, 634, 1.15, INK, CORAL)
    person(p, 864, 646, 272, PETROL, ROSE, INK, OCHRE, -1)
    p.stroke("M836 436L800 322L776 292", PETROL, 22)
    gull(p, 160, 190, 36, INK)


def bicycle(p, x, base, s, tyre, frame):
    with p.at(x, base, s):
        for wheel in (-84, 84):
            p.stroke(f"M{wheel} -112a56 56 0 1 1 -.1 0z", tyre, 7)
            p.circle(wheel, -56, 7, tyre)
        p.stroke("M-84 -56L-40 -132L54 -132L-10 -56ZM-40 -132L-10 -56M84 -56L50 -150", frame, 8)
        p.stroke("M50 -150q20 -14 40 2", tyre, 8)
        p.rect(-66, -148, 48, 13, tyre, 6)
        p.circle(-10, -56, 13, tyre)


@scene("hill-path", PAPER)
def hill_path(p):
    sky(p, (0, MIST), (130, PAPER))
    sun(p, 260, 150, 62, OCHRE)
    cloud(p, 820, 110, 240, PAPER, 24)
    hills(p, 272, 50, SEA)
    p.path("M-20 420Q260 250 560 330T1220 240V675H-20Z", MOSS)
    p.path("M-20 520Q200 430 480 470Q820 300 1220 440V675H-20Z", "#9aa562")
    p.path("M-20 640Q300 500 700 560T1220 520V675H-20Z", OCHRE)
    p.path("M330 675Q620 610 560 540Q520 490 700 452Q830 420 800 376L818 372"
           "Q858 424 740 470Q600 514 660 560Q740 630 560 675Z", PAPER)
    p.rect(803, 284, 10, 96, PLUM)
    p.path("M740 300Q720 236 790 230Q816 190 862 226Q916 240 880 296Q850 318 808 306Q770 326 740 300Z", PETROL)
    p.path("M808 306Q850 318 880 296Q916 240 862 226Q880 276 808 306Z", INK, 0.4)
    for x, base, h, coat in ((640, 566, 84, CORAL), (690, 560, 78, PLUM)):
        person(p, x, base, h, coat, INK, INK)
    p.path("M724 558q18 -16 34 -2l10 -8v24h-40z", INK)
    for x, y in ((130, 470), (180, 462), (250, 450), (1010, 452), (1060, 456)):
        p.oval(x, y, 16, 10, PAPER)
        p.circle(x + 15, y - 4, 5, INK)
    for i in range(10):
        x = 40 + i * 128
        p.stroke(f"M{x} 660q8 -24 2 -44M{x + 10} 660q10 -20 16 -34", PLUM, 4)


@scene("beet-field", OCHRE)
def beet_field(p):
    sky(p, (0, ROSE), (120, SAND), (240, PAPER))
    sun(p, 930, 250, 80, CORAL)
    p.rect(0, 330, WIDTH, 345, PLUM)
    p.path("M0 332Q300 312 600 326T1200 318V352H0Z", MOSS)
    for x, h in ((70, 130), (118, 160), (166, 120), (1060, 110), (1110, 150)):
        poplar(p, x, 336, h, PETROL, INK)
    for i in range(-14, 15):
        x0, x1 = 600 + i * 26, 600 + i * 150
        p.poly([(x0, 350), (x0 + 13, 350), (x1 + 75, 675), (x1, 675)], "#8a5a52" if i % 2 else CORAL, 0.75)
    with p.at(470, 474, 1.25):
        p.rect(-90, -92, 130, 56, CORAL, 6)
        p.rect(-10, -150, 74, 66, INK, 5)
        p.rect(-2, -142, 58, 44, MIST)
        p.rect(-66, -136, 9, 46, INK)
        p.circle(40, -34, 52, INK)
        p.circle(40, -34, 25, OCHRE)
        p.circle(-68, -18, 34, INK)
        p.circle(-68, -18, 15, OCHRE)
        p.rect(88, -34, 60, 10, INK)
        p.path("M140 -80H350L330 -14H160Z", PETROL)
        p.path("M146 -80Q180 -124 230 -110Q290 -128 344 -80Z", ROSE)
        p.circle(210, -12, 24, INK)
        p.circle(290, -12, 24, INK)
    for x, y, s in ((170, 560, 1.1), (930, 600, 1.4), (1050, 520, 0.9), (330, 630, 1.2), (720, 620, 1.1)):
        with p.at(x, y, s):
            p.stroke("M0 -26Q-30 -50 -34 -78M0 -26Q0 -60 4 -88M0 -26Q30 -46 40 -70", MOSS, 11)
            p.path("M-34 -20Q0 -46 34 -20Q30 14 0 44Q-30 14 -34 -20Z", ROSE)
            p.path("M2 -32Q30 -30 34 -20Q30 14 0 44Q18 6 2 -32Z", PLUM, 0.4)
    for x, y in ((300, 180), (350, 160), (404, 184), (250, 206)):
        gull(p, x, y, 20, INK)


@scene("football-pitch", SEA)
def football_pitch(p):
    sky(p, (0, MIST), (110, PAPER))
    p.rect(880, 44, 130, 150, PLUM)
    for i in range(4):
        p.rect(880, 56 + i * 36, 130, 6, INK)
    for i in range(13):
        poplar(p, 40 + i * 64, 206, 140 + (i * 37) % 40, PETROL, INK)
    p.rect(0, 190, WIDTH, 30, CORAL)
    for i in range(60):
        p.circle(14 + i * 20, 186 + (i * 7) % 5, 8, (INK, PLUM, OCHRE, ROSE)[(i * 5) % 4])
    for i in range(8):
        a, b = 150 + i * 112.5, -150 + i * 187.5
        p.poly([(a, 220), (a + 112.5, 220), (b + 187.5, 675), (b, 675)], MOSS if i % 2 else "#8f9e5c")
    p.poly([(0, 220), (150, 220), (-150, 675), (0, 675)], "#8f9e5c")
    p.poly([(1050, 220), (1200, 220), (1200, 675), (1350, 675)], MOSS)
    p.stroke("M196 240H1004M600 240V675M196 240L-60 675M1004 240L1260 675", PAPER, 5)
    p.stroke("M600 350a150 66 0 1 1 -.1 0z", PAPER, 5)
    p.stroke("M166 292H300L190 540H20M1034 292H900L1010 540H1180", PAPER, 5)
    players = ((420, 330, CORAL), (520, 452, MIST), (690, 300, CORAL), (760, 470, CORAL), (860, 372, MIST), (300, 460, MIST),
               (640, 570, CORAL), (930, 560, MIST), (480, 270, MIST), (1010, 330, CORAL))
    for x, y, shirt in players:
        s = 0.55 + (y - 220) / 420
        p.poly([(x, y), (x + 10 * s, y), (x + 120 * s, y + 26 * s), (x + 100 * s, y + 28 * s)], INK, 0.35)
        player(p, x, y, 92 * s, shirt, PAPER if shirt == CORAL else INK)
    p.circle(706, 492, 9, PAPER)
    p.stroke("M1082 408V330L1112 352V452", PAPER, 6)


@scene("night-sky", INK)
def night_sky(p):
    p.rect(0, 300, WIDTH, 375, "#28405c")
    p.path("M-20 360Q300 250 620 330T1220 250V675H-20Z", PETROL, 0.5)
    p.path("M640 -20H860Q700 150 400 330L220 360Q540 170 640 -20Z", PETROL, 0.4)
    stars(p, 420, PAPER, 110)
    for x, y, r in ((200, 130, 6), (540, 90, 5), (820, 200, 6), (1010, 110, 5), (330, 260, 5), (700, 60, 6)):
        p.poly([(x, y - r * 2.6), (x + r * .6, y - r * .6), (x + r * 2.6, y), (x + r * .6, y + r * .6), (x, y + r * 2.6),
                (x - r * .6, y + r * .6), (x - r * 2.6, y), (x - r * .6, y - r * .6)], OCHRE)
    for x, y, length in ((900, 90, 300), (480, 150, 220), (1090, 260, 150)):
        p.poly([(x, y - 4), (x, y + 4), (x + length * .86, y - length * .5)], OCHRE)
        p.circle(x, y, 8, PAPER)
    p.path("M-20 560Q240 420 600 452T1220 520V675H-20Z", "#16223a")
    p.path("M-20 640Q400 540 760 590T1220 580V675H-20Z", "#0f192c")
    p.rect(886, 400, 9, 80, "#16223a")
    p.circle(890, 392, 44, "#16223a")
    for x, base, h in ((380, 466, 64), (416, 462, 58), (640, 462, 70), (690, 466, 46)):
        person(p, x, base, h, "#16223a", "#16223a", "#16223a")
    with p.at(540, 458):
        p.stroke("M0 -44L-24 4M0 -44L24 4M0 -44V4", "#16223a", 5)
        p.line(-30, -34, 34, -74, "#16223a", 15, "butt")
    for x in (190, 270):
        p.rect(x, 500, 60, 10, CORAL, 5)
        p.circle(x + 66, 503, 8, ROSE)
    p.circle(1040, 548, 9, CORAL)
    p.poly([(1000, 580), (1000, 536), (1030, 514), (1062, 536), (1062, 582)], "#0f192c")
    p.rect(1030, 540, 16, 18, OCHRE)


@scene("rain-over-roofs", PETROL)
def rain_over_roofs(p):
    sky(p, (0, INK), (190, PETROL))
    cloud(p, 130, 70, 420, PETROL, 40)
    cloud(p, 700, 110, 420, INK, 40)
    hills(p, 300, 26, INK)
    for base, scale, walls in ((470, 0.8, (PETROL, PLUM)), (590, 1.15, (PLUM, CORAL, PETROL)), (720, 1.6, (CORAL, PLUM, INK))):
        terrace(p, -60 + p.rnd.uniform(-40, 0), 1230, base, walls, (INK,) if base > 500 else (PLUM, INK), INK,
                (80 * scale, 130 * scale), (116 * scale, 156 * scale))
    p.poly([(520, 430), (604, 352), (688, 430), (688, 560), (520, 560)], PLUM)
    p.stroke("M508 438L604 348L700 438", INK, 18)
    p.rect(572, 432, 64, 72, OCHRE)
    p.rect(601, 432, 6, 72, INK)
    p.rect(572, 464, 64, 6, INK)
    rain(p, MIST, 84, 60, 130, 3, 0.7)
