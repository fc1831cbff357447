"""What stands in ``benchmarks`` is tested where others build on it: training at full speed."""

import sys

from tests.support import ROOT

sys.path.append(str(ROOT / "benchmarks"))  # as it is for a script that stands there
