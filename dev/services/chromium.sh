#!/bin/sh
# Starts the Chromium of the Debian root that CHROMIUM_ROOT names. It sees this machine's /tmp, where its profile lies. The
# mounts vanish with it, and every program here replaces the one before, so that who starts this can end Chromium itself.
exec unshare --mount sh -c '
  mount -t proc proc "$0/proc" && mount --bind /tmp "$0/tmp" && mount -t tmpfs -o mode=1777 tmpfs "$0/dev/shm" &&
  exec chroot "$0" /usr/lib/chromium/chromium-headless-shell "$@"
' "$CHROMIUM_ROOT" "$@"
