#!/usr/bin/env bash
# One would think: the span of an instrumented future is entered as often as the
# future is polled, so slices in a trace are polls.
# What happens: it is entered once more, to drop the future in it. One that is
# ready at its first poll has two slices in tracing-chrome's file, and one that
# nobody ever polled has one.
# tracing 0.1.44, tracing-chrome 0.7.2, seen 2026-11-28.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cargo init -q --name seen --vcs none .
cargo add -q tracing@=0.1.44 tracing-subscriber@=0.3.23 tracing-chrome@=0.7.2 futures@=0.3.34
cat >src/main.rs <<'RS'
use futures::{executor::block_on, pending};
use tracing::{Instrument, info_span};
use tracing_subscriber::prelude::*;

fn main() {
    let (layer, guard) = tracing_chrome::ChromeLayerBuilder::new().file("trace.json").build();
    tracing_subscriber::registry().with(layer).init();
    drop(async {}.instrument(info_span!("never polled")));
    block_on(async {}.instrument(info_span!("polled once")));
    let twice = async { pending!() }.instrument(info_span!("polled twice"));
    let mut twice = Box::pin(twice);
    block_on(async { assert!(futures::poll!(&mut twice).is_pending()) });
    block_on(twice);
    drop(guard);
}
RS
CARGO_TARGET_DIR=target cargo run -q
seen=$(for name in never once twice; do grep -o "polled $name\|$name polled" trace.json | wc -l; done | xargs)
# Two lines a slice: where it begins and where it ends.
[[ $seen == "2 4 6" ]] || { printf 'changed:\n%s\n' "$seen"; exit 1; }
echo "tracing 0.1.44: an instrumented future's span is entered once more than the future is polled"
