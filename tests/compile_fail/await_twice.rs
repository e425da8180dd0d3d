//! A future is used up by being awaited.

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let future = foo();
    future.await;
    future.await;
}

async fn foo() {
    println!("foo");
}
