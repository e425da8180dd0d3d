//! Two branches that are ready at once: `select!` takes either.
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut both = vec!["a", "b"];
    tokio::select! {
        _ = async {} => {}
        _ = async {} => both.reverse(),
    }
    for one in both {
        println!("{one}");
    }
}
