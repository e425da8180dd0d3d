//! Calling an async function and forgetting the `await` is a warning; here
//! `deny` makes an error of it.

#![deny(unused_must_use)]

#[tokio::main(flavor = "current_thread")]
async fn main() {
    foo();
}

async fn foo() {
    println!("foo");
}
