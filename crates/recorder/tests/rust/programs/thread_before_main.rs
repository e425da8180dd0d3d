//! No runtime: a thread prints, while main waits for it.
fn main() {
    std::thread::spawn(|| println!("from a thread")).join().unwrap();
}
