"""Scenes under a roof and things on a table."""

from .ink import CORAL, HEIGHT, INK, MIST, MOSS, OCHRE, PAPER, PETROL, PLUM, ROSE, SAND, SEA, WIDTH, num, scene
from .motifs import along, gull, person, ripples, sailboat, stars


@scene("rope", PETROL)
def rope(p):
    p.rect(0, 0, WIDTH, 470, SEA)
    for x in range(0, 1200, 150):
        p.rect(x, 0, 6, 470, PETROL)
    p.rect(700, 70, 360, 300, PAPER)
    p.rect(720, 90, 320, 260, MIST)
    p.path("M720 290Q820 240 900 270T1040 250V350H720Z", OCHRE)
    p.rect(874, 70, 12, 300, PAPER)
    p.rect(700, 214, 360, 12, PAPER)
    p.rect(0, 470, WIDTH, 205, PLUM)
    for y in (500, 548, 606):
        p.rect(0, y, WIDTH, 4, INK)
    for i in range(6):
        y = 590 - i * 56
        rx = 330 - i * 8
        rope_ring(p, 430 + (i % 2) * 8, y, rx, 84, (SAND, OCHRE)[i % 2])
    p.oval(438, 290, 262, 56, INK)
    p.oval(438, 300, 262, 46, PLUM)
    p.stroke("M720 560Q860 640 1000 596Q1140 552 1230 610", OCHRE, 44, "butt")
    twist = ""
    for i in range(1, 9):
        for a, b, c in (((720, 560), (860, 640), (1000, 596)), ((1000, 596), (1140, 552), (1230, 610))):
            x, y = along(a, b, c, i / 9)
            twist += f"M{x - 8:.0f} {y + 14:.0f}l16 -28"
    p.stroke(twist, CORAL, 7)


def rope_ring(p, x, y, rx, ry, fill):
    p.oval(x, y, rx, ry, INK)
    p.oval(x, y - 8, rx, ry, fill)
    twist = ""
    for i in range(15):
        t = (i - 7) / 7.6
        twist += f"M{x + rx * t - 9:.0f} {y - 42 + ry * (1 - t * t) ** 0.5:.0f}l18 28"
    p.stroke(twist, CORAL if fill == SAND else PLUM, 7)


@scene("open-book", ROSE)
def open_book(p):
    p.rect(0, 0, WIDTH, HEIGHT, ROSE)
    p.circle(600, 230, 190, OCHRE)
    p.rect(0, 520, WIDTH, 155, CORAL)
    p.oval(600, 600, 500, 40, PLUM)
    p.path("M90 250Q340 150 600 250Q860 150 1110 250V590Q860 500 600 596Q340 500 90 590Z", INK)
    p.path("M120 236Q350 140 600 240V570Q350 476 120 566Z", PAPER)
    p.path("M1080 236Q850 140 600 240V570Q850 476 1080 566Z", PAPER)
    p.path("M600 240Q560 226 530 216V544Q566 556 600 570Z", SAND)
    for i in range(7):
        y = 262 + i * 36
        p.stroke(f"M170 {y}Q340 {y - 62} 520 {y - 10}", INK, 6, "round", 0.55)
    waves = ((300, MIST), (360, SEA), (424, PETROL), (492, INK))
    for y, colour in waves:
        d = f"M600 {y + 10}"
        for i in range(6):
            d += f"q30 -44 80 -12"
        p.path(d + f"V566Q850 476 600 570Z", colour)
    p.path("M640 250Q840 170 1080 236V250Q840 190 640 262Z", SAND)
    sailboat(p, 850, 286, 0.72, CORAL, CORAL, ROSE, 6)
    p.path("M596 240h8v332h-8z", INK, 0.5)
    gull(p, 300, 90, 30, INK)
    gull(p, 960, 110, 36, INK)
    gull(p, 880, 70, 22, INK)


@scene("organ", PLUM)
def organ(p):
    p.rect(0, 0, WIDTH, HEIGHT, PLUM)
    p.path("M0 675V300Q0 -120 600 -120T1200 300V675H1130V310Q1130 -40 600 -40T70 310V675Z", INK)
    for x, count, tall, dip in ((206, 9, 360, 1), (478, 9, 470, -1), (750, 9, 360, 1)):
        for i in range(count):
            off = abs(i - count // 2)
            h = tall - off * 30 if dip < 0 else tall - (count // 2 - off) * 30
            pipe(p, x + i * 28, 500, 24, h, (MIST, SAND)[i % 2] if dip < 0 else (SAND, MIST)[i % 2])
    p.rect(180, 496, 840, 30, OCHRE)
    p.rect(180, 526, 840, 149, "#4d2c3b")
    for x in (184, 458, 730, 1004):
        p.rect(x, 86, 14, 590, OCHRE)
        p.circle(x + 7, 80, 18, OCHRE)
    for i in range(3):
        p.rect(440, 560 + i * 22, 320, 16, PAPER)
        for k in range(19):
            if k % 7 not in (2, 6):
                p.rect(452 + k * 16, 560 + i * 22, 8, 9, INK)
    for side in (380, 778):
        for i in range(8):
            p.circle(side + (i % 2) * 24, 566 + i // 2 * 24, 8, PAPER)
    p.rect(500, 640, 200, 14, OCHRE)
    person(p, 600, 742, 230, INK, ROSE, INK)
    for x in (120, 1080):
        p.rect(x - 5, 470, 10, 210, OCHRE)
        p.path(f"M{x} 400q30 40 0 66q-30 -26 0 -66z", PAPER)


def pipe(p, x, base, w, h, fill):
    p.path(f"M{num(x)} {base - 60}V{num(base - h)}h{w}V{base - 60}L{num(x + w * .66)} {base}H{num(x + w * .34)}Z", fill)
    p.path(f"M{num(x + w * .55)} {num(base - h)}H{num(x + w)}V{base - 60}L{num(x + w * .66)} {base}"
           f"H{num(x + w * .55)}Z", INK, 0.22)
    p.path(f"M{num(x + w * .2)} {base - 66}q{num(w * .3)} -42 {num(w * .6)} 0z", INK)


@scene("library-shelves", OCHRE)
def library_shelves(p):
    p.rect(0, 0, WIDTH, HEIGHT, SAND)
    colours = (CORAL, PETROL, PLUM, SEA, INK, ROSE, MOSS, PAPER, OCHRE)
    books, bands = {colour: [] for colour in colours}, {INK: [], SAND: []}
    for row in range(4):
        base = 150 + row * 156
        x = 50
        while x < 1130:
            w, h = p.rnd.uniform(17, 40), p.rnd.uniform(88, 126)
            if row == 1 and 640 < x < 690:
                x += 44
                continue
            colour = p.rnd.choice(colours)
            books[colour].append((x, base - h, w - 3, h))
            if w > 26:
                bands[INK if colour in (PAPER, ROSE, OCHRE) else SAND].append((x, base - h + 16, w - 3, 8))
            x += w
        p.rect(30, base, 1140, 18, PLUM)
    for colour, boxes in [*books.items(), *bands.items()]:
        p.rects(boxes, colour)
    for x in (20, 590, 1160):
        p.rect(x, 0, 22, HEIGHT, PLUM)
    with p.at(860, 0, 1, 9):
        for x in (0, 120):
            p.rect(x, -20, 16, 760, INK)
        for i in range(11):
            p.rect(0, 30 + i * 64, 136, 12, INK)
    p.rect(0, 654, WIDTH, 21, INK)
    person(p, 320, 664, 296, PETROL, PLUM, INK)
    p.stroke("M354 470Q420 500 440 470", PETROL, 24)
    p.rect(424, 420, 56, 70, CORAL)
    p.rect(424, 420, 56, 10, PAPER)


@scene("stage", INK)
def stage(p):
    p.rect(0, 0, WIDTH, HEIGHT, "#182338")
    p.poly([(600, 40), (330, 560), (870, 560)], OCHRE, 0.85)
    p.poly([(120, 530), (1080, 530), (1180, 620), (20, 620)], PLUM)
    p.oval(600, 556, 300, 34, SAND)
    p.rect(597, 0, 6, 46, PAPER)
    p.poly([(572, 62), (588, 36), (612, 36), (628, 62)], CORAL)
    p.rect(520, 462, 170, 14, INK)
    p.rect(534, 476, 12, 86, INK)
    p.rect(664, 476, 12, 86, INK)
    p.oval(630, 458, 34, 8, PAPER)
    p.path("M606 456q24 -40 48 0z", MIST)
    person(p, 430, 566, 220, PETROL, ROSE, INK, INK, 1)
    person(p, 800, 562, 210, CORAL, PLUM, INK, None, -1)
    p.circle(280, 400, 90, PLUM)
    p.circle(280, 400, 76, PAPER)
    for i in range(9):
        with p.at(280, 400, 1, -120 + i * 30):
            p.rect(-3, -70, 6, 18, INK)
    with p.at(280, 400, 1, 62):
        p.poly([(-6, 12), (0, -66), (6, 12)], CORAL)
    p.rect(270, 490, 20, 60, PLUM)
    for side in (0, 1):
        with p.at(WIDTH if side else 0, 0, 1, 0, bool(side)):
            p.path("M0 0H150Q170 300 110 675H0Z", CORAL)
            for i in range(3):
                p.path(f"M{30 + i * 42} 0h16q10 330 -20 675h-16q20 -330 20 -675z", PLUM)
    p.path("M0 0H1200V58Q1100 110 1000 58T800 58T600 58T400 58T200 58T0 58Z", CORAL)
    p.rect(0, 616, WIDTH, 60, INK)
    for i in range(17):
        x = 24 + i * 72
        p.circle(x, 622, 27, INK)
        p.path(f"M{x - 46} 680q46 -76 92 0z", INK)


@scene("swimming-bath", MIST)
def swimming_bath(p):
    p.rect(0, 0, WIDTH, 250, PAPER)
    for i in range(6):
        p.path(f"M{60 + i * 190} 196V110q65 -90 130 0v86z", MIST)
        p.rect(122 + i * 190, 66, 6, 130, PAPER)
        p.rect(60 + i * 190, 130, 130, 6, PAPER)
    p.path("M-10 0H400Q330 110 190 70T-10 60Z", CORAL)
    p.path("M1210 0H760Q840 100 1000 66T1210 70Z", OCHRE)
    p.rect(0, 222, WIDTH, 30, SEA)
    p.rect(0, 250, WIDTH, 425, SAND)
    p.poly([(190, 300), (1010, 300), (1140, 640), (60, 640)], PETROL)
    p.poly([(190, 300), (1010, 300), (1000, 350), (200, 350)], SEA)
    p.poly([(190, 300), (200, 350), (130, 640), (60, 640)], "#5b9090")
    p.poly([(1010, 300), (1000, 350), (1070, 640), (1140, 640)], "#3f7580")
    p.poly([(200, 350), (1000, 350), (1070, 640), (130, 640)], MIST)
    for i in range(1, 4):
        x0, x1 = 200 + i * 200, 130 + i * 235
        p.poly([(x0 - 5, 350), (x0 + 5, 350), (x1 + 10, 640), (x1 - 10, 640)], PETROL)
    tops = (CORAL, OCHRE, PLUM, PETROL, ROSE)
    for row in range(3):
        y, s = 410 + row * 84, 0.72 + row * 0.22
        for col in range(5):
            desk(p, 600 + (col - 2) * 172 * s, y, s, tops[(row * 2 + col) % 5])
    for x in (80, 118):
        p.stroke(f"M{x} 470V280q0 -22 22 -22", INK, 8)
    for i in range(4):
        p.line(80, 310 + i * 38, 118, 310 + i * 38, INK, 6)
    person(p, 700, 372, 124, INK, ROSE, PLUM)


def desk(p, x, y, s, coat):
    with p.at(x, y, s):
        person(p, 0, 10, 104, coat, (INK, PLUM, ROSE)[int(x) % 3], INK)
        p.rect(-48, -34, 96, 12, OCHRE)
        p.rect(-42, -22, 8, 44, INK)
        p.rect(34, -22, 8, 44, INK)
        p.rect(-20, -40, 34, 6, PAPER)


@scene("chess-board", PLUM)
def chess_board(p):
    p.rect(0, 0, WIDTH, HEIGHT, INK)
    p.circle(880, 250, 330, PLUM)
    p.circle(880, 250, 220, CORAL, 0.75)
    p.circle(880, 250, 120, OCHRE)
    p.poly([(190, 400), (1010, 400), (1230, 690), (-30, 690)], PLUM)

    def cell(col, row):
        y = 412 + 268 * (row / 8) ** 1.25
        spread = 392 + (y - 412) * 0.72
        return 600 - spread + col * spread / 4, y
    for row in range(8):
        for col in range(8):
            corners = [cell(col, row), cell(col + 1, row), cell(col + 1, row + 1), cell(col, row + 1)]
            p.poly(corners, SAND if (row + col) % 2 else PETROL)
    chess_piece(p, 300, 470, 0.72, INK, "pawn")
    chess_piece(p, 500, 448, 0.66, INK, "rook")
    chess_piece(p, 690, 520, 1.0, INK, "king")
    chess_piece(p, 420, 600, 1.2, PAPER, "king")
    chess_piece(p, 230, 610, 1.1, PAPER, "pawn")
    chess_piece(p, 1000, 600, 1.1, PAPER, "rook")
    p.rect(862, 220, 38, 190, PAPER)
    p.rect(881, 220, 19, 190, SAND)
    p.rect(840, 404, 82, 16, OCHRE)
    p.path("M881 120q34 50 0 92q-34 -42 0 -92z", PAPER)
    p.rect(879, 204, 4, 18, INK)


def chess_piece(p, x, base, s, fill, kind):
    shade = PLUM if fill == INK else CORAL
    with p.at(x, base, s):
        p.oval(0, 0, 62, 17, INK, 0.4)
        p.rect(-54, -26, 108, 26, fill, 8)
        if kind == "pawn":
            p.path("M-36 -26Q-12 -60 -14 -96H14Q12 -60 36 -26Z", fill)
            p.circle(0, -118, 32, fill)
        elif kind == "rook":
            p.path("M-40 -26L-30 -140H30L40 -26Z", fill)
            p.path("M-44 -140V-188H-24V-172H-10V-188H10V-172H24V-188H44V-140Z", fill)
        else:
            p.path("M-42 -26Q-16 -90 -24 -170H24Q16 -90 42 -26Z", fill)
            p.path("M-34 -170Q-56 -216 0 -222Q56 -216 34 -170Z", fill)
            p.path("M-7 -262h14v14h14v13h-14v16h-14v-16h-14v-13h14z", fill)
        p.path("M6 -26Q4 -80 4 -150H18L34 -26Z", shade, 0.5)


@scene("harbour-cafe", OCHRE)
def harbour_cafe(p):
    p.rect(0, 0, WIDTH, HEIGHT, CORAL)
    p.rect(150, 40, 900, 400, PLUM)
    p.rect(178, 66, 844, 352, MIST)
    p.circle(840, 190, 66, OCHRE)
    p.rect(178, 230, 844, 188, SEA)
    ripples(p, 246, 410, PAPER, 12, 210, 990)
    roofscape_at(p)
    sailboat(p, 330, 330, 0.9, INK, PAPER, SAND)
    sailboat(p, 700, 304, 0.62, PLUM, CORAL, PAPER, 2)
    for x in (445, 739):
        p.rect(x, 66, 16, 352, PLUM)
    p.rect(120, 428, 960, 26, INK)
    p.rect(0, 500, WIDTH, 175, OCHRE)
    p.rect(0, 500, WIDTH, 12, SAND)
    p.oval(520, 616, 250, 22, CORAL, 0.6)
    p.path("M400 420Q360 560 440 600H600Q680 560 640 420Z", INK)
    p.path("M440 420Q520 380 600 420Z", INK)
    p.circle(520, 386, 15, CORAL)
    p.stroke("M640 450Q720 440 700 520Q690 570 640 560", INK, 20)
    p.path("M404 470Q330 470 300 400L282 412Q300 520 412 530Z", INK)
    p.path("M440 440Q414 540 462 584H482Q440 540 462 440Z", PETROL)
    for x in (800, 950):
        p.oval(x, 622, 76, 15, PAPER)
        p.path(f"M{x - 38} 520Q{x - 24} 570 {x - 34} 616H{x + 34}Q{x + 24} 570 {x + 38} 520Z", MIST)
        p.path(f"M{x - 34} 540Q{x - 25} 572 {x - 33} 612H{x + 33}Q{x + 25} 572 {x + 34} 540Z", CORAL if x < 900 else PLUM)
        p.path(f"M{x - 10} 544q16 -34 32 -30q-2 26 -32 30z", MOSS)
        p.stroke(f"M{x} 500q-16 -22 0 -44t0 -44", PAPER, 6)
    p.oval(190, 606, 120, 26, PAPER)
    for x, y in ((140, 590), (200, 584), (240, 596), (176, 566)):
        p.oval(x, y, 46, 24, SAND)
        p.stroke(f"M{x - 20} {y - 8}q20 -10 40 0", PLUM, 4)


def roofscape_at(p):
    x = 178
    for h in (40, 62, 48, 76, 54, 44, 66, 50, 58, 42, 60, 48):
        p.poly([(x, 236), (x, 236 - h), (x + 35, 206 - h), (x + 70, 236 - h), (x + 70, 236)], PETROL if h % 4 else PLUM)
        x += 70.3


@scene("bakery", INK)
def bakery(p):
    p.rect(0, 0, WIDTH, HEIGHT, INK)
    stars(p, 120, PAPER, 18)
    p.poly([(0, 60), (230, -60), (1200, -60), (1200, 675), (0, 675)], PLUM)
    p.rect(130, 80, 940, 60, PETROL)
    p.rect(130, 130, 940, 12, OCHRE)
    p.rect(160, 170, 590, 350, OCHRE)
    p.rect(170, 180, 570, 330, SAND)
    for row in range(3):
        y = 276 + row * 104
        p.rect(170, y, 570, 12, PLUM)
        for i in range((6, 7, 5)[row]):
            loaf(p, 222 + i * (94, 79, 112)[row], y, (38, 30, 44)[row], row)
    p.rect(160, 514, 590, 20, INK)
    p.rect(448, 170, 12, 350, INK)
    p.rect(820, 170, 190, 420, INK)
    p.rect(838, 188, 154, 250, OCHRE)
    p.circle(838 + 136, 470, 9, OCHRE)
    person(p, 912, 440, 210, PAPER, ROSE, PAPER, PAPER)
    p.rect(838, 392, 154, 60, PLUM)
    p.poly([(0, 590), (1200, 570), (1200, 675), (0, 675)], PETROL)
    p.poly([(170, 588), (740, 578), (860, 675), (60, 675)], OCHRE, 0.65)
    p.poly([(830, 577), (1000, 575), (1100, 675), (860, 675)], OCHRE, 0.65)
    p.stroke("M1064 230h62", INK, 8)
    p.path("M1080 240h90v70q-45 34 -90 0z", CORAL)
    p.oval(1125, 284, 32, 17, SAND)
    person(p, 90, 650, 230, INK, ROSE, INK, CORAL, 1)


def loaf(p, x, base, r, kind):
    crust = (CORAL, "#a8643c", PLUM)[kind]
    p.path(f"M{num(x - r)} {base}Q{num(x - r * 1.15)} {num(base - r * 1.25)} {num(x)} {num(base - r * 1.3)}"
           f"Q{num(x + r * 1.15)} {num(base - r * 1.25)} {num(x + r)} {base}Z", crust)
    for i in (-1, 0, 1):
        p.stroke(f"M{num(x + i * r * .5 - r * .14)} {num(base - r * .5)}l{num(r * .28)} {num(-r * .42)}", PAPER, 4)


@scene("rye-loaf", SEA)
def rye_loaf(p):
    p.rect(0, 0, WIDTH, 400, SEA)
    p.rect(0, 400, WIDTH, 275, SAND)
    p.poly([(0, 400), (1200, 400), (1200, 412), (0, 412)], PAPER)
    for i in range(7):
        p.poly([(40 + i * 180, 412), (100 + i * 180, 412), (30 + i * 210, 675), (-60 + i * 210, 675)], CORAL, 0.5)
    p.rect(0, 470, WIDTH, 26, CORAL, 0, 0.5)
    p.rect(0, 570, WIDTH, 34, CORAL, 0, 0.5)
    p.oval(520, 560, 420, 66, INK, 0.35)
    p.rect(110, 520, 800, 44, PLUM, 22)
    p.rect(110, 516, 800, 30, OCHRE, 15)
    p.path("M190 528Q150 240 500 226Q850 240 810 528Z", PLUM)
    p.path("M500 226Q850 240 810 528H640Q720 330 500 226Z", INK, 0.45)
    p.path("M474 242Q488 380 476 512L520 512Q530 380 520 242Z", PAPER)
    p.path("M212 402Q480 340 786 392L788 424Q480 374 208 438Z", PAPER)
    for x, y in ((300, 320), (350, 290), (620, 300), (690, 350), (330, 470), (640, 470), (400, 300), (720, 470), (270, 480)):
        p.stroke(f"M{x} {y}q22 -8 40 4", SAND, 5)
    with p.at(1010, 630, 1, -78):
        p.path("M-20 0Q-60 -190 10 -330Q30 -190 26 0Z", MIST)
        p.rect(-22, 0, 50, 150, INK, 16)
        p.circle(2, 36, 6, OCHRE)
        p.circle(2, 104, 6, OCHRE)
    p.oval(1050, 430, 110, 22, PETROL)
    p.rect(960, 344, 180, 70, PAPER, 10)
    p.rect(960, 344, 180, 22, OCHRE, 8)
    for i in range(5):
        p.oval(120 + i * 26, 628 - (i % 2) * 12, 11, 5, PLUM)
    with p.at(130, 380):
        p.rect(-64, 10, 128, 120, PETROL, 16)
        p.rect(-50, 0, 100, 22, INK, 8)
        for stem in (-30, 0, 34):
            p.stroke(f"M{stem} 4Q{stem * 1.6:.0f} -60 {stem * 2.2:.0f} -150", OCHRE, 6)
            for k in range(5):
                y = -150 - k * 24 + 50
                p.oval(stem * 2.2 - 12, y, 9, 16, OCHRE)
                p.oval(stem * 2.2 + 12, y, 9, 16, SAND)
