# shellcheck shell=bash disable=SC2154
# Shared by the scripts here: messages, the package list, installing what is missing.
# Source it after setting `root`. Everything goes to stderr or a log, never to stdout.

say() { printf 'fleetcast: %s\n' "$*" >&2; }

die() {
    say "$*"
    exit 1
}

# Runs a command with its output in a log; on failure shows the end of the log and ends the script.
logged() { # logged LOG WHAT COMMAND...
    local log=$1 what=$2
    shift 2
    if ! "$@" >>"$log" 2>&1 </dev/null; then
        tail -n 60 "$log" >&2
        die "$what failed; all of its output is in $log"
    fi
}

packages() { # packages SECTION...: the names in these sections of packages.txt
    local wanted=" $* " section='' line
    while read -r line; do
        case $line in
            '' | '#'*) ;;
            '['*']') section=${line:1:-1} ;;
            *) [[ $wanted == *" $section "* ]] && printf '%s\n' "$line" ;;
        esac
    done <"$root/scripts/packages.txt"
    return 0
}

missing_packages() { # missing_packages SECTION...: those that are not installed
    local name
    for name in $(packages "$@"); do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]] ||
            printf '%s\n' "$name"
    done
}

as_root() { # through env, so that apt asks no questions under sudo either
    local set_up=(env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8)
    if [[ $EUID == 0 ]]; then "${set_up[@]}" "$@"; else sudo "${set_up[@]}" "$@"; fi
}

apt() { as_root apt-get -q -y -o DPkg::Lock::Timeout=600 "$@"; }

# Package lists may be absent (a minimal system) or too old to download from: then update, once.
apt_install() {
    if compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; then
        apt install --no-install-recommends "$@" && return 0
    fi
    apt update && apt install --no-install-recommends "$@"
}

install_missing() { # install_missing SECTION...
    # Not a Debian system: the build says what it lacks.
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null || return 0
    local names
    mapfile -t names < <(missing_packages "$@")
    ((${#names[@]})) || return 0
    if [[ $EUID != 0 ]] && ! command -v sudo >/dev/null; then
        die "packages are missing, and installing them needs root or sudo. As root: apt-get update && apt-get install --no-install-recommends ${names[*]}"
    fi
    say "installing with apt-get: ${names[*]}"
    : >"$root/build/install.log"
    logged "$root/build/install.log" 'installing packages' apt_install "${names[@]}"
}

configure() { # configure LOG PRESET [CMAKE ARGUMENT...]; afresh where the tree was moved
    local log=$1 preset=$2 cache=$root/build/$2/CMakeCache.txt fresh=()
    shift 2
    if [[ -f $cache ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
        fresh=(--fresh)
    fi
    logged "$log" 'configuring' cmake -S "$root" --preset "$preset" "${fresh[@]}" "$@"
}
