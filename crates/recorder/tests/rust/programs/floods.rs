//! Prints and prints.
#[tokio::main(flavor = "current_thread")]
async fn main() {
    loop {
        println!("{}", "flood ".repeat(20));
    }
}
