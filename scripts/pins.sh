#!/usr/bin/env bash
# Writes ci/requirements.txt anew: the newest releases that pyproject.toml admits, with their hashes. Needs uv.
set -euo pipefail
cd "$(dirname "$0")/.."
{
    echo '# What the GitHub action installs, pinned with hashes; made by scripts/pins.sh.'
    echo 'setuptools>=77' | uv pip compile --quiet pyproject.toml - --generate-hashes --universal --python-version 3.11 \
        --no-header --no-annotate --no-emit-index-url
} >ci/requirements.txt.new
mv ci/requirements.txt.new ci/requirements.txt
