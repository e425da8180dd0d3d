#!/usr/bin/env bash
# One would think: what select_all hands back beside the first result are the
# other futures, in the order in which they were.
# What happens: the last one takes the place of the one that was ready. Whoever
# keeps a list of names beside the futures and removes the index from it pairs
# them wrongly from then on: 0 1 2 3 4 without 1 is 0 4 2 3.
# futures 0.3.34, seen 2026-11-28.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cargo init -q --name seen --vcs none . && cargo add -q futures@=0.3.34
cat >src/main.rs <<'RS'
use futures::FutureExt;
use futures::executor::block_on;
use futures::future::{pending, ready, select_all};

fn main() {
    let mut names = vec!["0", "1", "2", "3", "4"];
    let futures = names.clone().into_iter().map(|name| match name {
        "0" => pending().boxed(),
        name => ready(name).boxed(),
    });
    let (first, index, rest) = block_on(select_all(futures));
    names.remove(index);
    let rest: Vec<_> = rest.into_iter().map(|future| future.now_or_never().unwrap_or("0")).collect();
    println!("{first}: {rest:?} {names:?}");
}
RS
seen=$(CARGO_TARGET_DIR=target cargo run -q)
expected='1: ["0", "4", "2", "3"] ["0", "2", "3", "4"]'
[[ $seen == "$expected" ]] || { printf 'changed:\n%s\n' "$seen"; exit 1; }
echo "futures 0.3.34: select_all puts its last future where the one was that is ready"
