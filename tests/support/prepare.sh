# Sourced by ./demo and ./test: installs what is missing, then configures and builds the default preset.
# shellcheck shell=bash

packages=(
    ca-certificates cmake ninja-build pkg-config
    clang-19 libclang-rt-19-dev g++
    libboost1.81-dev libssl-dev libspdlog-dev libcli11-dev libtomlplusplus-dev libutf8proc-dev
    catch2 libsqlite3-dev libcsv-dev zlib1g-dev
)

install_packages() {
    local missing=() package
    for package in "${packages[@]}"; do
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    echo "Installing ${missing[*]}"
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# build PRESET [TARGET...]
build() {
    local preset=$1
    shift
    cmake --preset "$preset" >/dev/null
    cmake --build --preset "$preset" ${1:+--target "$@"}
}
