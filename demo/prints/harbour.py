"""Scenes on the water: harbour, river, boats, tides."""

from .ink import CORAL, HEIGHT, INK, MIST, MOSS, OCHRE, PAPER, PETROL, PLUM, ROSE, SAND, SEA, WIDTH, scene
from .motifs import (cloud, crane, ferry_boat, glitter, gull, hills, house, person, reeds, ripples, roofscape, sailboat, skiff,
                     sky, stars, sun, terrace, trawler)


@scene("chain-bridge", SAND)
def chain_bridge(p):
    sky(p, (0, SAND), (210, ROSE))
    sun(p, 905, 250, 92, CORAL)
    hills(p, 330, 34, SEA)
    roofscape(p, 440, PETROL, 30, 90)
    p.rect(0, 438, WIDTH, 237, SEA)
    glitter(p, 905, 452, 660, ROSE, 130)
    ripples(p, 470, 660, MIST, 16)
    deck = 388
    for x in (330, 870):
        p.poly([(x - 52, 675), (x - 38, 438), (x + 38, 438), (x + 52, 675)], INK)
        p.path(f"M{x - 40} {deck + 60}V150H{x + 40}V{deck + 60}H{x + 20}V{deck - 60}"
               f"A20 24 0 0 0 {x - 20} {deck - 60}V{deck + 60}Z", PLUM)
        p.rect(x - 50, 138, 100, 20, INK)
        p.rect(x - 30, 118, 60, 20, PLUM)
    for lift in (0, 12):
        p.stroke(f"M-20 {330 + lift}Q180 {250 + lift} 330 {148 + lift}Q600 {520 + lift} 870 {148 + lift}"
                 f"Q1020 {250 + lift} 1220 {330 + lift}", INK, 5)
    for i in range(1, 18):
        x = 330 + i * 30
        t = i / 18
        p.rect(x - 1.5, 148 * (1 - t) ** 2 + 1040 * t * (1 - t) + 148 * t * t, 3,
               deck - (148 * (1 - t) ** 2 + 1040 * t * (1 - t) + 148 * t * t), INK)
    for i in range(1, 9):
        for x, y in ((330 - i * 38, 160 + i * 19), (870 + i * 38, 160 + i * 19)):
            p.rect(x - 1.5, y, 3, deck - y, INK)
    bridge_tram(p, 610, deck)
    p.rect(0, deck, WIDTH, 16, INK)
    p.rect(0, deck + 20, WIDTH, 6, CORAL)


def bridge_tram(p, x, deck):
    p.rect(x - 96, deck - 62, 192, 50, CORAL, 9)
    p.rect(x - 92, deck - 68, 184, 10, INK, 5)
    for i in range(6):
        p.rect(x - 84 + i * 29, deck - 53, 22, 22, PAPER, 2)
    p.rect(x - 80, deck - 12, 160, 8, INK)
    p.line(x - 10, deck - 68, x + 8, deck - 90, INK, 3)


@scene("river-in-flood", PETROL)
def river_in_flood(p):
    sky(p, (0, INK), (130, PETROL))
    cloud(p, 200, 90, 420, PETROL, 34)
    cloud(p, 760, 60, 380, PETROL, 34)
    terrace(p, -20, 1210, 330, (PLUM, CORAL, PETROL, INK), (INK,), INK, (96, 160), (92, 124), OCHRE)
    p.rect(0, 322, WIDTH, 66, PAPER)
    p.rect(0, 314, WIDTH, 14, SAND)
    for x in range(0, WIDTH, 120):
        p.rect(x + (p.rnd.uniform(-6, 6)), 332, 3, 40, SAND)
    for x in (214, 262, 310, 238, 286):
        p.rect(x, 298 if x not in (238, 286) else 282, 52, 18, SAND, 9)
        p.rect(x, 306 if x not in (238, 286) else 290, 52, 10, OCHRE, 5, 0.6)
    for x, coat, hat in ((700, OCHRE, OCHRE), (752, CORAL, None), (930, OCHRE, OCHRE)):
        person(p, x, 318, 104, coat, ROSE, INK, hat)
    p.path(f"M0 372Q150 352 300 370T600 368T900 372T1200 364V{HEIGHT}H0Z", "#9b7a55")
    p.path(f"M0 430Q200 404 400 428T800 426T1200 430V{HEIGHT}H0Z", "#84654a")
    p.path(f"M0 520Q200 486 400 516T800 514T1200 508V{HEIGHT}H0Z", PLUM)
    ripples(p, 392, 660, SAND, 26, 0, WIDTH, 0.8)
    with p.at(880, 500, 1, -14):
        p.rect(-120, -12, 240, 22, INK, 8)
        p.line(-40, -8, -86, -60, INK, 9)
        p.line(30, -8, 62, -44, INK, 7)


@scene("flood-gate", MIST)
def flood_gate(p):
    sky(p, (0, MIST), (250, PAPER))
    cloud(p, 160, 110, 300, PAPER, 28)
    cloud(p, 860, 150, 260, PAPER, 24)
    hills(p, 322, 20, ROSE)
    p.rect(600, 400, 600, 80, MOSS)
    p.rect(0, 352, 600, 323, PETROL)
    p.rect(600, 468, 600, 207, SEA)
    ripples(p, 372, 660, SEA, 12, 0, 420)
    ripples(p, 486, 660, MIST, 10, 780, 1200)
    for x in (330, 750):
        p.poly([(x, 675), (x + 12, 150), (x + 108, 150), (x + 120, 675)], SAND)
        p.poly([(x + 66, 675), (x + 66, 150), (x + 108, 150), (x + 120, 675)], INK, 0.2)
        p.rect(x - 4, 132, 128, 24, INK)
        for i in range(6):
            p.rect(x + 26, 300 + i * 56, 26, 8, INK if i % 2 else CORAL)
    p.rect(432, 120, 336, 18, INK)
    p.rect(446, 230, 308, 445, CORAL)
    for i in range(5):
        p.rect(446, 246 + i * 86, 308, 14, PLUM)
    for i in range(4):
        p.rect(500 + i * 66, 230, 8, 445, PLUM)
    p.rect(446, 600, 308, 75, PETROL, 0, 0.55)
    for x in (500, 690):
        p.rect(x, 138, 8, 96, INK)
    p.rect(560, 84, 80, 38, PAPER)
    p.rect(574, 94, 20, 16, INK)
    p.poly([(550, 86), (600, 58), (650, 86)], INK)
    gull(p, 240, 250, 30, INK)
    gull(p, 1010, 300, 24, INK)


@scene("ferry", ROSE)
def ferry(p):
    sky(p, (0, PAPER), (150, ROSE))
    sun(p, 250, 210, 74, OCHRE)
    hills(p, 262, 26, SEA)
    terrace(p, 700, 1210, 352, (PAPER, SAND, CORAL, MIST), (PETROL, PLUM), INK, (44, 84), (44, 62))
    p.rect(0, 350, WIDTH, 325, PETROL)
    glitter(p, 250, 366, 660, OCHRE, 96)
    ripples(p, 372, 660, SEA, 26)
    ferry_boat(p, 610, 500, 1.3, CORAL, PAPER, INK, PETROL)
    for x, coat in ((360, OCHRE), (394, PLUM), (850, SEA)):
        person(p, x, 416, 74, coat, INK, INK)
    p.rect(270, 494, 690, 9, MIST, 4)
    p.rect(214, 514, 420, 7, MIST, 4)
    p.rect(700, 522, 330, 7, MIST, 4)
    for x, y, s in ((180, 120, 26), (470, 96, 34), (1020, 160, 22)):
        gull(p, x, y, s, INK)


@scene("lighthouse", PLUM)
def lighthouse(p):
    sky(p, (0, PLUM), (180, CORAL), (300, ROSE))
    p.poly([(640, 176), (-20, 40), (-20, 210)], OCHRE, 0.9)
    p.poly([(640, 176), (1220, 84), (1220, 236)], OCHRE, 0.9)
    p.rect(0, 400, WIDTH, 275, PETROL)
    ripples(p, 416, 600, SEA, 20)
    p.path("M260 675Q420 520 640 488Q900 470 1220 560V675Z", SAND)
    p.path("M420 675Q600 570 800 556Q1000 548 1220 620V675Z", OCHRE)
    p.poly([(586, 500), (606, 214), (674, 214), (694, 500)], PAPER)
    p.poly([(640, 500), (640, 214), (674, 214), (694, 500)], INK, 0.16)
    p.poly([(598, 332), (602, 276), (678, 276), (682, 332)], CORAL)
    p.poly([(640, 332), (640, 276), (678, 276), (682, 332)], INK, 0.16)
    p.rect(592, 204, 96, 14, INK)
    p.rect(612, 150, 56, 54, OCHRE)
    p.rect(636, 150, 8, 54, INK)
    p.path("M604 152Q640 92 676 152Z", INK)
    p.rect(637, 92, 6, 30, INK)
    for y in (250, 370, 430):
        p.rect(630, y, 18, 26, INK, 9)
    house(p, 712, 506, 120, 60, PAPER, INK, PETROL, OCHRE)
    p.poly([(700, 506), (704, 492), (900, 494), (904, 508)], SAND)
    reeds(p, 900, 1180, 640, 70, MOSS, 26)
    reeds(p, 320, 520, 660, 60, MOSS, 16)


@scene("pilot-boat", MIST)
def pilot_boat(p):
    sky(p, (0, MIST), (150, PAPER))
    p.rect(0, 470, WIDTH, 205, PETROL)
    p.path("M420 -10H1210V520H540Q440 330 420 -10Z", CORAL)
    p.path("M500 452H1210V520H540Q516 490 500 452Z", PLUM)
    p.path("M420 -10H1210V70H424Z", INK)
    for i in range(5):
        p.rect(520 + i * 130, 8, 74, 34, PAPER, 6)
    for i in range(7):
        p.rect(1120, 130 + i * 52, 52, 8, PAPER)
        p.rect(1080 + (i % 2) * 14, 130 + i * 52, 20, 8, PAPER)
    for x in (746, 794):
        p.line(x, 62, x + 4, 398, PAPER, 4)
    for i in range(12):
        p.rect(742, 82 + i * 27, 60, 7, SAND)
    person(p, 772, 330, 108, OCHRE, ROSE, INK, INK)
    ripples(p, 486, 664, SEA, 20)
    with p.at(700, 512, 1.15):
        p.rect(-60, -116, 130, 64, PAPER)
        for i in range(3):
            p.rect(-48 + i * 42, -104, 30, 26, PETROL)
        p.rect(-72, -128, 154, 14, INK)
        p.rect(0, -182, 5, 56, INK)
        p.poly([(5, -180), (52, -170), (5, -158)], CORAL)
        p.path("M-210 -52H196Q240 -60 262 -74Q250 -10 214 12H-186Q-206 -14 -210 -52Z", INK)
        p.path("M-210 -52H196Q240 -60 262 -74L258 -58Q230 -40 196 -38H-208Z", OCHRE)
    p.path("M360 540Q520 506 700 536T1010 530Q860 566 680 560T360 540Z", MIST)
    gull(p, 180, 150, 40, INK)
    gull(p, 300, 250, 26, INK)
    cloud(p, 90, 330, 190, MIST, 22)


@scene("trawler", SAND)
def trawler_at_dawn(p):
    sky(p, (0, ROSE), (190, SAND), (300, PAPER))
    sun(p, 330, 300, 104, CORAL)
    p.rect(0, 392, WIDTH, 283, SEA)
    glitter(p, 330, 402, 640, CORAL, 150)
    ripples(p, 410, 660, PAPER, 22)
    p.path("M760 392Q900 352 1040 366T1220 350V392Z", PETROL)
    trawler(p, 690, 512, 1.55, PETROL, PAPER, CORAL)
    p.rect(430, 508, 560, 8, PAPER, 4)
    p.rect(390, 530, 380, 7, PAPER, 4)
    p.path("M420 580Q600 552 800 574T1000 572Q820 604 640 596T420 580Z", PETROL, 0.6)
    for x, y, s in ((520, 150, 34), (470, 210, 22), (930, 120, 28), (1010, 180, 20), (250, 120, 18)):
        gull(p, x, y, s, INK)


@scene("regatta", PAPER)
def regatta(p):
    sky(p, (0, PAPER), (200, SAND))
    hills(p, 268, 18, ROSE)
    hills(p, 292, 12, SEA)
    p.rect(0, 318, WIDTH, 357, MIST)
    ripples(p, 340, 660, PAPER, 22)
    fleet = [(x, 330 + (i % 3) * 9, 0.32) for i, x in enumerate(range(70, 1180, 100))]
    fleet += [(120, 400, .62), (330, 416, .66), (520, 396, .6), (760, 420, .66), (990, 400, .62), (1130, 424, .66)]
    fleet += [(230, 520, 1.15), (640, 540, 1.3), (1010, 530, 1.2)]
    sails = (CORAL, PETROL, OCHRE, PLUM, ROSE, SEA)
    for i, (x, y, s) in enumerate(fleet):
        sail = sails[(i * 5 + int(x)) % len(sails)]
        jib = PAPER if s > .4 else sails[(i + 2) % len(sails)]
        with p.at(x, y + 20 * s, s):
            p.path("M-50 0H54L60 52Q20 120 4 66Q-40 90 -50 0Z", sail, 0.28)
        sailboat(p, x, y, s, INK, sail, jib, p.rnd.uniform(-2, 2))
    for x, y in ((440, 560), (860, 600)):
        p.circle(x, y, 22, CORAL)
        p.rect(x - 22, y - 4, 44, 8, PAPER)
        p.rect(x - 30, y + 14, 60, 6, PETROL, 3)


@scene("rowing-four", PETROL)
def rowing_four(p):
    p.path("M0 0H1200V90Q900 150 620 96T0 130Z", MOSS)
    p.path("M0 0H1200V54Q900 116 620 62T0 96Z", INK, 0.25)
    for x in range(30, 1200, 96):
        p.circle(x + p.rnd.uniform(-20, 20), 18 + p.rnd.uniform(-10, 30), p.rnd.uniform(34, 54), "#64753f")
    ripples(p, 160, 660, SEA, 34, 0, WIDTH, 0.55)
    with p.at(600, 390, 1, -8):
        for i, x in enumerate((-180, -60, 60, 180)):
            side = -1 if i % 2 else 1
            p.line(x, 0, x - 40, side * 176, SAND, 8)
            p.poly([(x - 48, side * 168), (x - 30, side * 172), (x - 40, side * 226), (x - 62, side * 222)], CORAL)
            for ring in (0, 1):
                px = x + 120 - ring * 12
                p.oval(px, side * (204 - ring * 4), 44 - ring * 18, 26 - ring * 10, PAPER if ring else SEA)
        p.path("M-520 0Q-380 -26 0 -28Q380 -26 530 0Q380 26 0 28Q-380 26 -520 0Z", PAPER)
        p.path("M-300 0Q-200 -17 0 -18Q230 -17 330 0Q230 17 0 18Q-200 17 -300 0Z", PLUM)
        for x in (-180, -60, 60, 180):
            p.rect(x - 44, -9, 46, 18, INK, 9)
            p.oval(x + 8, 0, 19, 27, CORAL)
            p.circle(x + 10, 0, 13, ROSE)
            p.circle(x + 13, 0, 9, INK)
        p.oval(270, 0, 17, 22, OCHRE)
        p.circle(272, 0, 12, INK)
        p.circle(530, 0, 8, CORAL)
    p.stroke("M60 520Q200 470 330 468M40 560Q220 500 380 494", MIST, 5)


@scene("moorings", PETROL)
def moorings(p):
    p.path("M0 0H1200V92Q900 118 600 90T0 110Z", SAND)
    for x in range(20, 1200, 66):
        p.rect(x, 14 + (x % 3) * 4, 56, 26, OCHRE if x % 4 else ROSE, 4)
        p.rect(x - 22, 48, 56, 26, ROSE if x % 4 else OCHRE, 4)
    p.rect(0, 84, WIDTH, 22, INK)
    ripples(p, 140, 660, SEA, 36, 0, WIDTH, 0.5)
    spots = [(560, 214, 168), (740, 250, -128), (830, 380, -82), (742, 520, -38), (590, 560, 4),
             (440, 516, 44), (364, 380, 88), (420, 256, 132)]
    hulls = (CORAL, PAPER, OCHRE, MIST, PLUM, ROSE, SAND, CORAL)
    for x, y, _ in spots:
        p.line(600, 384, x + (600 - x) * .3, y + (384 - y) * .3, PAPER, 3)
    for (x, y, turn), hull in zip(spots, hulls):
        with p.at(x + 8, y + 10, 1.32, turn):
            p.path("M0 -60Q30 -20 24 40H-24Q-30 -20 0 -60Z", INK, 0.35)
        skiff(p, x, y, 1.32, hull, INK if hull in (PAPER, MIST, SAND) else PAPER, turn)
    p.circle(600, 384, 40, INK, 0.35)
    p.circle(596, 378, 36, CORAL)
    p.circle(596, 378, 22, PAPER)
    p.circle(596, 378, 9, CORAL)
    skiff(p, 1060, 250, 1.3, OCHRE, PAPER, -96)
    skiff(p, 120, 520, 1.3, MIST, INK, 60)


@scene("dredger", INK)
def dredger(p):
    sky(p, (0, INK), (250, PETROL))
    stars(p, 200, SAND, 40)
    crane(p, 150, 430, 0.9, PLUM, PLUM)
    crane(p, 330, 430, 0.75, PLUM, PLUM, True)
    crane(p, 1080, 430, 0.95, PLUM, PLUM, True)
    roofscape(p, 430, PLUM, 14, 50, (70, 130))
    p.rect(0, 430, WIDTH, 245, INK)
    for x in (360, 520, 760, 905):
        glitter(p, x, 520, 660, OCHRE, 40)
    ripples(p, 446, 660, PETROL, 18)
    p.poly([(470, 520), (650, 190), (690, 190), (820, 520)], INK)
    for i in range(6):
        p.line(500 + i * 24, 460 - i * 46, 800 - i * 22, 470 - i * 46, CORAL, 5)
    p.line(470, 520, 660, 180, CORAL, 9)
    p.line(820, 520, 690, 180, CORAL, 9)
    p.line(620, 250, 360, 560, OCHRE, 12)
    for i in range(7):
        t = i / 7
        p.path(f"M{620 - 260 * t - 24:.0f} {250 + 310 * t:.0f}h34l-8 26h-22z", SAND)
    p.rect(330, 452, 640, 62, CORAL)
    p.rect(330, 452, 640, 12, PAPER)
    p.path("M300 500H1000L980 552H330Z", PLUM)
    p.rect(840, 366, 112, 88, PAPER)
    for i in range(3):
        p.rect(852 + i * 33, 380, 24, 24, OCHRE)
    p.rect(830, 354, 132, 14, INK)
    for x, y in ((675, 176), (360, 440), (905, 340), (520, 430)):
        p.circle(x, y, 22, OCHRE, 0.35)
        p.circle(x, y, 11, PAPER)
    p.path("M60 540H300L280 590H84Z", SAND, 0.9)
    p.path("M90 540Q180 490 270 540Z", "#84654a")


@scene("tide-gauge", MIST)
def tide_gauge(p):
    sky(p, (0, MIST), (240, PAPER))
    sun(p, 980, 170, 66, OCHRE)
    hills(p, 346, 12, PETROL)
    p.rect(0, 372, WIDTH, 303, SEA)
    ripples(p, 392, 664, PAPER, 24)
    p.rect(0, 300, 690, 26, PLUM)
    p.rect(0, 326, 690, 10, INK)
    for x in (70, 250, 430, 610):
        p.rect(x, 326, 26, 330, INK)
        p.rect(x - 8, 500, 42, 8, PETROL, 4)
    p.line(0, 226, 670, 226, INK, 6)
    for x in range(20, 690, 108):
        p.rect(x, 226, 7, 76, INK)
    for x, h, coat, head in ((330, 136, CORAL, PLUM), (404, 128, OCHRE, INK), (470, 140, PETROL, ROSE), (556, 130, PLUM, ROSE)):
        person(p, x, 300, h, coat, head, INK)
    with p.at(640, 300, 1, 16):
        person(p, 0, 0, 132, CORAL, ROSE, INK, OCHRE)
    for i in range(12):
        p.rect(764, 130 + i * 40, 44, 40, CORAL if i % 2 else PAPER)
        p.rect(786, 130 + i * 40, 22, 40, INK, 0, 0.14)
        p.rect(792, 148 + i * 40, 16, 4, INK)
    p.rect(756, 116, 60, 16, INK)
    p.rect(690, 304, 76, 12, INK)
    p.path("M720 596Q786 574 850 596Q900 620 786 624T720 596Z", PETROL)
    p.rect(764, 598, 44, 77, PETROL, 0, 0.5)
    gull(p, 180, 130, 34, INK)
    gull(p, 986, 300, 24, INK)


@scene("heron", SAND)
def heron(p):
    sky(p, (0, PAPER), (230, SAND))
    sun(p, 300, 230, 110, CORAL)
    hills(p, 338, 22, MOSS)
    p.rect(0, 380, WIDTH, 295, SEA)
    glitter(p, 300, 392, 640, CORAL, 150)
    ripples(p, 400, 660, PAPER, 18)
    reeds(p, -20, 240, 680, 330, PETROL, 34, PLUM)
    reeds(p, 960, 1220, 680, 420, PETROL, 44, PLUM)
    with p.at(690, 600):
        p.line(-16, -160, -12, 10, INK, 7)
        p.line(20, -160, 40, -84, INK, 7)
        p.line(40, -84, 24, 10, INK, 7)
        p.path("M-130 -130Q-60 -270 70 -240Q110 -226 86 -186Q40 -140 -30 -146Q-90 -146 -170 -84Q-160 -112 -130 -130Z", PETROL)
        p.path("M-130 -130Q-70 -230 30 -226Q50 -180 -20 -160Q-90 -146 -170 -84Q-160 -112 -130 -130Z", INK, 0.45)
        p.stroke("M62 -216Q130 -260 92 -320Q66 -372 112 -398", MIST, 26)
        p.path("M84 -404Q108 -434 150 -414L262 -392L150 -388Q110 -378 84 -404Z", MIST)
        p.path("M146 -416L264 -392L150 -388Z", OCHRE)
        p.path("M98 -420Q60 -424 10 -396Q64 -404 112 -404Z", INK)
        p.circle(136, -405, 6, INK)
        p.stroke("M70 -206Q60 -180 72 -150M84 -210Q80 -186 90 -164", MIST, 6)
    for r in (1, 2):
        p.stroke(f"M{640 - r * 34} {608 + r * 6}Q694 {630 + r * 16} {760 + r * 34} {608 + r * 6}", PAPER, 4)


@scene("wheelhouse", INK)
def wheelhouse(p):
    p.rect(60, 60, 1080, 380, MIST)
    p.rect(60, 230, 1080, 60, ROSE)
    sun(p, 780, 200, 54, CORAL)
    p.path("M60 300Q300 262 560 292T1140 280V440H60Z", SEA)
    p.rect(60, 340, 1080, 100, PETROL)
    ripples(p, 352, 430, MIST, 14, 90, 1110)
    for x in (420, 720):
        p.rect(x - 12, 130, 24, 230, PLUM)
        p.rect(x - 18, 120, 36, 14, INK)
    p.stroke("M60 250Q260 220 420 132Q570 330 720 132Q880 220 1140 262", INK, 4)
    p.rect(60, 296, 1080, 9, INK)
    for i in range(9):
        p.rect(452 + i * 29, 232 - abs(4 - i) * 18 + 2, 2.5, 66 + abs(4 - i) * 18, INK)
    p.rect(60, 440, 1080, 20, OCHRE)
    for x in (0, 400, 760, 1140):
        p.rect(x, 0, 60 if x in (0, 1140) else 34, 460, PLUM)
    p.rect(0, 0, WIDTH, 62, PLUM)
    p.rect(0, 456, WIDTH, 219, PLUM)
    p.rect(0, 456, WIDTH, 16, INK)
    p.rect(880, 420, 90, 56, CORAL, 6)
    p.stroke("M968 434q34 4 0 30", CORAL, 9)
    for i in range(8):
        with p.at(560, 560, 1, i * 45 + 11):
            p.rect(-9, -236, 18, 236, OCHRE, 6)
            p.oval(0, -226, 15, 30, OCHRE)
    p.stroke("M560 396a164 164 0 1 1 -.1 0Z", SAND, 30)
    p.stroke("M560 410a150 150 0 1 1 -.1 0Z", OCHRE, 6)
    p.circle(560, 560, 46, SAND)
    p.circle(560, 560, 22, INK)
    p.rect(160, 540, 150, 10, SAND)
    p.circle(236, 520, 60, INK)
    p.circle(236, 520, 48, PAPER)
    p.poly([(236, 480), (246, 520), (236, 560), (226, 520)], CORAL)


@scene("cannery", MIST)
def cannery(p):
    sky(p, (0, MIST), (210, PAPER))
    cloud(p, 520, 90, 330, PAPER, 26)
    p.rect(902, 70, 62, 330, CORAL)
    p.rect(933, 70, 31, 330, PLUM)
    p.rect(892, 58, 82, 18, INK)
    x = 130
    for i in range(6):
        p.poly([(x, 290), (x, 218), (x + 118, 290)], INK)
        p.poly([(x + 8, 286), (x + 8, 234), (x + 92, 286)], MIST)
        x += 118
    p.rect(130, 288, 760, 130, CORAL)
    p.rect(130, 288, 760, 12, PLUM)
    for i in range(9):
        p.path(f"M{160 + i * 82} 400v-52q24 -30 48 0v52z", INK if i not in (2, 5) else OCHRE)
    p.rect(0, 412, WIDTH, 30, SAND)
    p.rect(0, 436, WIDTH, 239, PETROL)
    p.rect(0, 436, WIDTH, 10, INK)
    for x in range(60, 1200, 190):
        p.circle(x, 464, 17, OCHRE)
        p.stroke(f"M{x} 470Q{x + 95} 500 {x + 190} 470", SAND, 4)
    for i in range(22):
        x = 40 + i * 54 + p.rnd.uniform(-14, 14)
        sway, deep = p.rnd.uniform(-40, 40), p.rnd.uniform(110, 210)
        colour = (MOSS, SEA, OCHRE)[i % 3] if i % 5 else MOSS
        p.path(f"M{x:.0f} 484q{sway:.0f} {deep / 2:.0f} 0 {deep:.0f}q{20 - sway:.0f} {-deep / 3:.0f} 16 {-deep / 2:.0f}"
               f"q{sway / 2:.0f} {-deep / 4:.0f} -16 {-deep / 2:.0f}z", colour)
    crane(p, 1070, 414, 0.86, INK, OCHRE, True)


@scene("dry-reservoir", OCHRE)
def dry_reservoir(p):
    sky(p, (0, OCHRE), (210, SAND))
    sun(p, 830, 168, 112, PAPER)
    hills(p, 280, 40, CORAL)
    hills(p, 330, 18, PLUM)
    p.path("M0 372Q600 316 1200 372V675H0Z", SAND)
    p.path("M40 420Q600 352 1160 420Q1190 520 900 560Q500 600 160 540Q0 490 40 420Z", ROSE)
    p.path("M150 438Q600 384 1050 438Q1070 500 850 528Q500 560 250 510Q120 480 150 438Z", "#c9906b")
    p.path("M300 452Q620 420 920 450Q930 488 760 502Q520 520 370 490Q280 470 300 452Z", SEA)
    ripples(p, 458, 494, PAPER, 8, 400, 840)
    p.path("M520 675Q560 590 470 540Q440 520 520 500L560 502Q500 530 540 552Q640 600 640 675Z", PAPER)
    for x in (486, 566):
        p.rect(x, 470, 22, 66, INK)
        p.rect(x - 6, 460, 34, 12, INK)
        p.circle(x + 11, 454, 9, INK)
    for x, s in ((700, 92), (742, 84), (806, 78)):
        person(p, x, 606 - (90 - s), s, PLUM if x != 742 else CORAL, INK, INK)
    for _ in range(16):
        x, y = p.rnd.uniform(40, 1160), p.rnd.uniform(580, 668)
        if not 430 < x < 860:
            p.stroke(f"M{x:.0f} {y:.0f}l{p.rnd.uniform(-26, 26):.0f} 16l{p.rnd.uniform(-10, 30):.0f} 14", PLUM, 3)
    p.stroke("M130 590Q152 480 138 350M143 470q50 -20 62 -84M141 430q-44 -22 -58 -70M141 390q22 -20 26 -48", INK, 12)
