"""The reader of prose on the annotated reports kept beside the project; skipped where they are not."""

import re
import subprocess
import sys

import pytest

from core.settings import ROOT

SCORE = ROOT.parent / "shared" / "corpus" / "score.py"


@pytest.mark.skipif(not SCORE.exists(), reason="no annotated reports beside the project")
def test_annotated_reports_are_read_as_their_readers_read_them():
    """A wrong figure is worse than a missed one. The reports were used in tuning: new ones score less."""
    run = subprocess.run([sys.executable, str(SCORE)], cwd=ROOT, capture_output=True, text=True, check=True)
    precision, f1 = (float(re.search(rf"{name} ([\d.]+)", run.stdout).group(1)) for name in ("precision", "F1"))
    assert precision >= 0.97
    assert f1 >= 0.95
