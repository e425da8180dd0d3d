#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::spawn(notify("a"));
    tokio::spawn(notify("b"));
    println!("bye");
}

async fn notify(who: &str) {
    println!("told {who}");
}
