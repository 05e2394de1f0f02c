#!/usr/bin/env bash
# Puts a moto server, AWS to try on, into a folder of its own: moto.sh [FOLDER], then FOLDER/moto-server -p PORT.
# Debian's stable suite has none that is new enough, so the packages of sid are unpacked beside the system, not
# installed; what they need is asked of the system's own suite, for which this has to be root.
set -euo pipefail
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/gert/moto}
needs=(python3-flask python3-flask-cors python3-yaml python3-pyparsing python3-responses python3-xmltodict
    python3-cryptography python3-dateutil python3-jmespath python3-jinja2 python3-requests python3-werkzeug)
wanted=(python3-moto python3-botocore python3-boto3 python3-s3transfer)

if [ -x "$folder/moto-server" ] && "$folder/moto-server" --help >/dev/null 2>&1; then
    exit 0
fi
mirror=$(grep -rhoE '^(URIs: *|deb (\[[^]]*\] )?)https?://[^ ]+/debian/? *' /etc/apt/sources.list /etc/apt/sources.list.d \
    2>/dev/null | grep -oE 'https?://[^ ]+' | head -1 || true)
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
if [ -z "$mirror" ] || [ ! -f "$keyring" ]; then
    echo "moto.sh: this is no Debian" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
if [ "$(id -u)" -eq 0 ]; then
    apt-get install -y -qq --no-install-recommends "${needs[@]}" >/dev/null
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/debs"
echo "deb [signed-by=$keyring] $mirror sid main" >"$work/sources.list"
own=(-o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root)
apt-get "${own[@]}" -qq update
(cd "$work/debs" && apt-get "${own[@]}" -qq download "${wanted[@]}")
rm -rf "$folder"
mkdir -p "$folder/root"
for package in "$work"/debs/*.deb; do
    dpkg -x "$package" "$folder/root"
done
cat >"$folder/moto-server" <<EOF
#!/bin/sh
PYTHONPATH="$folder/root/usr/lib/python3/dist-packages" exec /usr/bin/python3 -m moto.server "\$@"
EOF
chmod +x "$folder/moto-server"
"$folder/moto-server" --help >/dev/null
