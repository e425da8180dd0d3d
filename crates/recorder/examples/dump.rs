fn main() {
    let p = std::env::args().nth(1).unwrap();
    let program = recorder::Program::at(std::path::Path::new(&p)).unwrap();
    match recorder::rust::start(
        &program,
        &recorder::Options { real_time: std::env::var("RT").is_ok(), ..Default::default() },
    ) {
        Err(e) => {
            eprintln!("error: {e:#}");
            std::process::exit(1)
        }
        Ok(s) => {
            let ending = s.ending.clone();
            let err = s.stderr.clone();
            let r = s.into_recording().unwrap();
            r.write(std::io::stdout()).unwrap();
            eprintln!("ending {ending:?} {err}");
            if let Err(e) = recorder::check::check(&r.events) {
                eprintln!("BROKEN {e}");
            }
        }
    }
}
