//! Prints that a diagram could take for its own syntax, from tasks of one kind.
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let first = tokio::spawn(end("\"]; # end", 1));
    let other = tokio::spawn(note());
    let many: Vec<_> = (0..40).map(|i| tokio::spawn(end("a-->>-b: x\u{7}😀", i))).collect();
    for task in many {
        task.await.unwrap();
    }
    tokio::select! {
        _ = other => println!("%%{{init: {{}}}}%% <br> &amp; #35;"),
        _ = async { sleep(Duration::from_secs(9)).await } => {}
    }
    first.await.unwrap();
}

async fn end(text: &str, i: u64) {
    println!("{text}{}", "x".repeat(i as usize * 10));
    sleep(Duration::from_millis(i * 7 % 5)).await;
}

async fn note() {
    println!("end");
    println!();
    eprintln!("```mermaid\n</pre><script>alert(1)</script>");
}
