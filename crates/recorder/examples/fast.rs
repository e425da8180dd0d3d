use std::time::Instant;
fn main() {
    let mut programs: Vec<recorder::Program> = std::fs::read_dir("examples")
        .unwrap()
        .filter_map(|f| {
            let f = f.unwrap().path();
            let p = f.join("main.rs");
            let name = f.file_name().unwrap().to_str().unwrap().to_owned();
            p.exists().then(|| recorder::Program { name, ..recorder::Program::at(&p).unwrap() })
        })
        .collect();
    programs.sort_by(|a, b| a.name.cmp(&b.name));
    let c = recorder::rust::compile(&programs).unwrap();
    let n: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let t = Instant::now();
    for c in &c {
        let mut first = None;
        for i in 0..n {
            let s = c.start(&Default::default()).unwrap();
            let e = s.ending.clone();
            let err = s.stderr.clone();
            let r = s.into_recording().unwrap();
            if let Err(b) = recorder::check::check(&r.events) {
                println!("{} {i} BROKEN {b}", c.program.name);
            }
            if e != recorder::Ending::Exit(0) {
                println!("{} {i} {e:?} {err}", c.program.name);
            }
            if r.header.class != recorder::event::Class::Exact {
                println!("{:?} {}", r.header.class, c.program.name);
                break;
            }
            match &first {
                None => first = Some(r),
                Some(f) => {
                    if *f != r {
                        println!("{} {i} differs", c.program.name);
                        let mut a = Vec::new();
                        f.write(&mut a).unwrap();
                        std::fs::write("/tmp/a.jsonl", a).unwrap();
                        let mut a = Vec::new();
                        r.write(&mut a).unwrap();
                        std::fs::write("/tmp/b.jsonl", a).unwrap();
                        return;
                    }
                }
            }
        }
    }
    println!("{:?}", t.elapsed());
}
