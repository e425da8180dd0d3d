#!/usr/bin/env bash
# One would think: items that a DelayQueue was given with one and the same delay
# come out in the order in which they went in.
# What happens: it depends on how long the delay is. Below 64 ms the last comes
# first, at 100 ms the first, at 5 s the last again: each slot of its wheel is a
# stack, and what moves from a coarse slot to a fine one is turned round.
# tokio-util 0.7.20 on tokio 1.54.1's paused clock, seen 2026-11-28.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cargo init -q --name seen --vcs none .
cargo add -q tokio@=1.54.1 --features macros,rt,time,test-util
cargo add -q tokio-util@=0.7.20 --features time && cargo add -q tokio-stream@=0.1.19
cat >src/main.rs <<'RS'
use std::time::Duration;
use tokio_stream::StreamExt;
use tokio_util::time::DelayQueue;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for millis in [10, 100, 5_000] {
        let mut queue = DelayQueue::new();
        for item in ["a", "b", "c", "d"] {
            queue.insert(item, Duration::from_millis(millis));
        }
        let mut out = String::new();
        while let Some(item) = queue.next().await {
            out += item.into_inner();
        }
        println!("{millis} ms: {out}");
    }
}
RS
seen=$(CARGO_TARGET_DIR=target cargo run -q)
expected=$'10 ms: dcba\n100 ms: abcd\n5000 ms: dcba'
[[ $seen == "$expected" ]] || { printf 'changed:\n%s\n' "$seen"; exit 1; }
echo "tokio-util 0.7.20: DelayQueue hands out equal delays last in, first out below 64 ms, first in, first out at 100 ms"
