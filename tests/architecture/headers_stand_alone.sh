#!/usr/bin/env bash
# Compiles every header on its own (syntax only), so that none leans on what was included before.
# Usage: headers_stand_alone.sh COMPILER ROOT [FLAG...]
set -euo pipefail
compiler=$1 root=$2
shift 2

check() {
    printf '#include "%s"\n' "$1" | "${compiler[@]}" -fsyntax-only -x c++ - || {
        echo "does not compile alone: $1"
        return 1
    }
}
compiler=("$compiler" -std=c++20 -Wall -Wextra -Wpedantic -Werror "-I$root/include" "$@")

mapfile -t headers < <(find "$root/include" "$root/src" -name '*.hpp' | sort)
((${#headers[@]})) || { echo "no headers under $root"; exit 1; }
failed=0
half() { # every second header, from the first or the second on
    local status=0 i
    for ((i = $1; i < ${#headers[@]}; i += 2)); do check "${headers[i]}" || status=1; done
    return $status
}
half 0 & first=$!
half 1 || failed=1
wait $first || failed=1
echo "${#headers[@]} headers"
exit $failed
