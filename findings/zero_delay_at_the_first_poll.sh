#!/usr/bin/env bash
# One would think: a timer of zero gives the others a turn everywhere, as
# asyncio.sleep(0) does, or nowhere.
# What happens: async-io's Timer of zero is ready at its first poll, so a loop
# around it never lets go; futures-timer's Delay of zero is Pending once.
# async-io 2.6.0, futures-timer 3.0.4, seen 2026-11-28.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cargo init -q --name seen --vcs none .
cargo add -q async-io@=2.6.0 futures-timer@=3.0.4 futures@=0.3.34
cat >src/main.rs <<'RS'
use futures::FutureExt;
use std::time::Duration;

fn main() {
    let io = async_io::Timer::after(Duration::ZERO).now_or_never();
    let timer = futures_timer::Delay::new(Duration::ZERO).now_or_never();
    println!("async-io ready: {}, futures-timer ready: {}", io.is_some(), timer.is_some());
}
RS
seen=$(CARGO_TARGET_DIR=target cargo run -q)
[[ $seen == "async-io ready: true, futures-timer ready: false" ]] || { printf 'changed:\n%s\n' "$seen"; exit 1; }
echo "async-io 2.6.0 has a timer of zero ready at its first poll, futures-timer 3.0.4 has not"
