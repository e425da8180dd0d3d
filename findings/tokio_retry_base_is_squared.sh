#!/usr/bin/env bash
# One would think: ExponentialBackoff::from_millis(100) waits 100, 200, 400 ms.
# What happens: its argument is the base of the power: 100 ms, 10 s, 1,000 s,
# 100,000 s. What one meant is from_millis(2).factor(50).
# tokio-retry 0.3.2, seen 2026-11-28.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cargo init -q --name seen --vcs none . && cargo add -q tokio-retry@=0.3.2
cat >src/main.rs <<'RS'
use tokio_retry::strategy::ExponentialBackoff;

fn main() {
    let millis = |waits: ExponentialBackoff| -> Vec<u128> {
        waits.take(4).map(|wait| wait.as_millis()).collect()
    };
    println!("{:?}", millis(ExponentialBackoff::from_millis(100)));
    println!("{:?}", millis(ExponentialBackoff::from_millis(2).factor(50)));
}
RS
seen=$(CARGO_TARGET_DIR=target cargo run -q)
expected=$'[100, 10000, 1000000, 100000000]\n[100, 200, 400, 800]'
[[ $seen == "$expected" ]] || { printf 'changed:\n%s\n' "$seen"; exit 1; }
echo "tokio-retry 0.3.2: from_millis(100) waits 100 ms, then 10 s, then 1,000 s"
