#!/usr/bin/env bash
# Gradescope runs this once, as root, when the image is built. It fails, loudly, unless the image can grade.
set -euo pipefail

source=/autograder/source
environment=/opt/homework-kit

fail() {
    trap - ERR
    printf '\n==== SETUP FAILED ====\n%s\n\n' "$1" >&2
    exit 1
}
trap 'fail "line $LINENO of setup.sh: $BASH_COMMAND"' ERR

umask 022
rm -f "$source/ready"
command -v apt-get >/dev/null || fail "There is no apt here. Choose Ubuntu 22.04 or newer as the base image."
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq -y --no-install-recommends python3 python3-venv libseccomp2 >/dev/null

/usr/bin/python3 -c 'import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 15))' ||
    fail "Python 3.10 to 3.14 is needed; this image has $(/usr/bin/python3 --version). Choose Ubuntu 22.04 or newer."
rm -rf "$environment"
/usr/bin/python3 -m venv "$environment"
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-input \
    --only-binary :all: --require-hashes -r "$source/requirements.txt"

umask 077
chown -R 0:0 "$source"
chmod -R go= "$source"
cd "$source"
"$environment/bin/python" -m autograder.run_autograder --selftest ||
    fail "The self-test found that this image cannot grade; what it found stands above."
touch "$source/ready"
echo "The image is ready to grade."
