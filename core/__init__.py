"""What the side that takes figures in and the side that shows them must agree on."""
