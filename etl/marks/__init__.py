"""A workbook handed back with its doubtful cells outlined: which cells, why, and what is expected there."""
