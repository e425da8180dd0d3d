//! Lines that are longer than others.

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{}", "z".repeat(70_000));
    println!("{}", "y".repeat(1 << 20));
    println!("{}", "x".repeat(2 << 20));
    println!("a{}", "é".repeat(600_000));
    print!("end");
}
