use recorder::event::{By, What};
fn main() {
    let mut programs = Vec::new();
    for p in std::env::args().skip(1) {
        programs.push(recorder::Program::at(std::path::Path::new(&p)).unwrap());
    }
    let c = match recorder::rust::compile(&programs) {
        Ok(c) => c,
        Err(e) => {
            eprintln!("{e:#}");
            return;
        }
    };
    for c in c {
        println!("=== {}", c.program.name);
        let o =
            recorder::Options { timeout: std::time::Duration::from_secs(5), ..Default::default() };
        let s = match c.start(&o) {
            Ok(s) => s,
            Err(e) => {
                println!("ERR {e:#}");
                continue;
            }
        };
        println!("{:?} {:?} {:?}", s.ending, s.header.notes, s.stderr);
        let t = std::time::Instant::now();
        let mut names: Vec<String> = vec![];
        let mut n = 0;
        let mut checker = recorder::check::Checker::default();
        let mut broken = false;
        for e in s.events {
            let e = e.unwrap();
            n += 1;
            if !broken {
                if let Err(b) = checker.next(&e) {
                    println!("BROKEN {b}");
                    broken = true;
                }
            }
            if n > 200 {
                continue;
            }
            let name = |k: &u32| names[*k as usize].clone();
            let l = |l: &Option<u32>| l.map_or("?".into(), |l| l.to_string());
            println!(
                "@{} {}",
                e.t,
                match &e.what {
                    What::Spawn { task, name: n, by, line } => {
                        assert_eq!(*task as usize, names.len());
                        names.push(format!("{n}{task}"));
                        format!("spawn {n}{task} by {by:?} :{}", l(line))
                    }
                    What::Poll { task, line, inside } => format!(
                        "{} polled {} :{}",
                        name(task),
                        inside.map_or(String::new(), |i| format!("inside {i}")),
                        l(line)
                    ),
                    What::Print { task, text, stream, line } => format!(
                        "{:?} prints {text} {stream:?} :{}",
                        task.map(|t| name(&t)),
                        l(line)
                    ),
                    What::Timer { task, us, line } =>
                        format!("{} sets {us} :{}", name(&task.unwrap()), l(line)),
                    What::Pending { task, on, line } =>
                        format!("{} waits for {on:?} :{}", name(task), l(line)),
                    What::Wake { task, by } => format!(
                        "{} woken by {}",
                        name(task),
                        match by {
                            By::Task(t) => name(t),
                            By::Source(s) => format!("{s:?}"),
                        }
                    ),
                    What::Ready { task } => format!("{} ready", name(task)),
                    What::Cancel { task, by, .. } => format!("{} dropped by {by:?}", name(task)),
                    What::Panic { task, text, line } =>
                        format!("{} panics {text} :{}", name(task), l(line)),
                    What::Block { task, us, line } => format!("{task:?} blocks {us} :{}", l(line)),
                    What::Enter { task, branch } => format!("{} > {branch}", name(task)),
                    What::Leave { task, branch, how } =>
                        format!("{} < {branch} {how:?}", name(task)),
                    What::End { task } => format!("end {task}"),
                    other => format!("{other:?}"),
                }
            );
        }
        println!("{n} events, {:?}, finish {:?}", t.elapsed(), checker.finish());
    }
}
