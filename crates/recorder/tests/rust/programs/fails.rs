//! `main` gives an error.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), String> {
    println!("trying");
    Err("it did not work".to_owned())
}
