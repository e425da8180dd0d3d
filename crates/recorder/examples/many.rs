use std::time::Instant;
fn main() {
    let p = std::env::args().nth(1).unwrap();
    let program = recorder::Program::at(std::path::Path::new(&p)).unwrap();
    let t = Instant::now();
    let c = recorder::rust::compile(&[program]).unwrap();
    eprintln!("compile {:?}", t.elapsed());
    for _ in 0..3 {
        let t = Instant::now();
        let s = c[0].start(&Default::default()).unwrap();
        eprintln!("start {:?}", t.elapsed());
        let n = s.into_recording().unwrap().events.len();
        eprintln!("all {:?} {n}", t.elapsed());
    }
}
