//! The traits for reading and writing, which the stand-in has once more.

use crate::support::{prints, program, run};

#[allow(dead_code, reason = "its main is for the recorder")]
#[path = "programs/reads_and_writes.rs"]
mod reads_and_writes;

#[tokio::test]
async fn reads_and_writes_give_what_they_give_on_tokio_itself() {
    let stock = reads_and_writes::results().await;
    let printed = prints(&run(program("reads_and_writes")).1);
    let recorded: Vec<&str> =
        printed.iter().map(|line| line.split_once(": ").expect("0 main: …").1).collect();
    assert_eq!(recorded, stock.lines().collect::<Vec<_>>());
}
