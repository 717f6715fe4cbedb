"""The prints of the demonstration paper: ink (colours and shapes), motifs (what recurs), and the scenes by place."""
