"""What the command line does: a function a command, each given its arguments and the catalogue."""
