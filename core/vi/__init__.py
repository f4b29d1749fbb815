"""Vietnamese text and values: letters, numbers, scales, periods, and how they are printed."""
