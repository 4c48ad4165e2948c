#!/bin/sh
# Qt and OpenCV load a few system libraries that a bare Linux lacks. Names what is missing; installs it where
# that is possible without asking (root on Debian or Ubuntu). Other systems bring their own: nothing to do.
set -eu
[ "$(uname -s)" = Linux ] || exit 0

packages="libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libxkbcommon-x11-0
libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
libxcb-xinerama0 libxcb-xkb1 fonts-dejavu-core"

# One library stands for each package that something fails to start without.
missing=""
for library in libEGL.so.1 libGL.so.1 libgthread-2.0.so.0 libdbus-1.so.3 libfontconfig.so.1 \
    libxkbcommon.so.0 libxkbcommon-x11.so.0 libxcb-cursor.so.0 libxcb-icccm.so.4 libxcb-image.so.0 \
    libxcb-keysyms.so.1 libxcb-randr.so.0 libxcb-render-util.so.0 libxcb-shape.so.0 libxcb-xinerama.so.0 \
    libxcb-xkb.so.1; do
    PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | grep -q "$library" || missing="$missing $library"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    # shellcheck disable=SC2086  # the list is meant to be split
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
    exit 0
fi
# shellcheck disable=SC2086
echo "Shortlist's window needs these system libraries:$missing" >&2
echo "On Debian or Ubuntu: sudo apt-get install $(echo $packages)" >&2
exit 1
