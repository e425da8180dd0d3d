//! Makes of each program on one thread the same program on all workers, so that
//! there is one source for both.

use std::path::Path;
use std::{env, fs};

const ONE_THREAD: &str = "#[tokio::main(flavor = \"current_thread\")]";
const WORKERS: &str = "#[tokio::main]";

fn main() {
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR for a build script");
    println!("cargo::rerun-if-changed=workers");
    for file in fs::read_dir("workers").expect("the folder `workers` is part of the package") {
        let name = file.expect("the folder can be listed").file_name();
        let source = Path::new(&name).with_extension("").join("main.rs");
        println!("cargo::rerun-if-changed={}", source.display());
        let program = fs::read_to_string(&source).expect("a program for every file in `workers`");
        assert!(program.contains(ONE_THREAD), "{} does not run on one thread", source.display());
        // `include!` takes no `//!`.
        let lines = program.lines().filter(|line| !line.starts_with("//!"));
        let workers: String = lines.map(|line| line.replace(ONE_THREAD, WORKERS) + "\n").collect();
        fs::write(Path::new(&out).join(&name), workers).expect("OUT_DIR can be written");
    }
}
