#!/usr/bin/env bash
# Compiles the pinned environment for Python 3.11, keeping the pins that still fit.
# Usage: tools/lock.sh PATH_TO_UV [OUTPUT]
# uv does not read pip's configuration, so a folder of wheels named there is handed on.
set -euo pipefail
uv=$1 output=${2:-requirements.txt}
links=$(python3 -m pip config get global.find-links 2>/dev/null || true)
# torch is left out of the pins that uv sees: a CPU build calls itself 2.13.0+cpu, which the plain pin would rule
# out. The +cpu is taken off again afterwards: pip finds that build under the plain version, and other platforms
# have only the plain one.
{ grep -v '^torch==' requirements.txt || true; } > "$output.new"
"$uv" pip compile --quiet --python-version 3.11 ${links:+--find-links "$links"} \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
  --all-extras pyproject.toml requirements.in --output-file "$output.new"
sed -E 's/^(torch==[0-9.]+)\+cpu/\1/' "$output.new" > "$output"
rm -f "$output.new"
