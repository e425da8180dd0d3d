//! A task may outlive the function that spawns it, so it cannot borrow that
//! function's variables (E0373).

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let name = String::from("foo");
    let task = tokio::spawn(async {
        println!("{name}");
    });
    task.await.unwrap();
}
