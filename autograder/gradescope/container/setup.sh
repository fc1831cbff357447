#!/usr/bin/env bash
# Builds the container in which Gradescope grades: run once, as root, when the autograder is uploaded.
#   setup.sh              everything
#   setup.sh permissions  the student's user and the folders' modes alone
set -euo pipefail
umask 022

source_folder=/autograder/source
home=/opt/cnn-course # Python and its libraries: the student's user reads them, so they lie outside /root
student=sealed-student

install_system() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update
  apt-get install -y --no-install-recommends ca-certificates python3 python3-venv
  # The real seal. Where it cannot be had, or the container forbids namespaces, the process tier takes over.
  apt-get install -y --no-install-recommends bubblewrap || echo "no bubblewrap: the process tier will grade"
}

install_python() {
  local tools
  tools=$(mktemp -d)
  export UV_PYTHON_INSTALL_DIR="$home/python" UV_CACHE_DIR="$tools/cache"
  cd "$source_folder" # where .python-version lies
  python3 -m venv "$tools/environment"
  "$tools/environment/bin/python" -m pip install --quiet --disable-pip-version-check -r installer.txt
  "$tools/environment/bin/uv" venv --clear "$home/environment"
  "$tools/environment/bin/uv" pip install --python "$home/environment/bin/python" --no-deps \
    --torch-backend cpu -r requirements.txt
  rm -rf "$tools"
  chmod -R go+rX "$home"
  cd /
}

make_student() {
  id -u "$student" >/dev/null 2>&1 ||
    useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "$student"
}

set_permissions() {
  chown -R root:root "$source_folder"
  chmod -R u=rwX,go= "$source_folder" # tests, reference and grader: for root alone
  # What runs inside the sandbox is read there by the student's user, who never gets here: the way is closed.
  chmod -R go+rX "$source_folder/packages/autograder/sealed/inside"
  for package in @OURS@; do chmod -R go+rX "$source_folder/packages/$package"; done
}

if [ "${1:-everything}" = everything ]; then
  install_system
  install_python
fi
make_student
set_permissions
