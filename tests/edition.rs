//! Every Rust block of the pages that is meant to compile does so by the edition
//! that the book names: skeptic, which runs them, knows none after 2021.
//!
//! The blocks are the modules of one library, so the compiler runs once. Each is
//! a file of its own, in which a line has the number that it has on its page.

use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pages::fences::Tested;
use pages::library::Book;

/// A block of a page.
struct Block {
    /// The page and the line, as a name of a file and of a module.
    name: String,
    line: usize,
    text: String,
}

/// The blocks of the book and the README that have to compile.
fn blocks() -> Vec<Block> {
    let book = Book::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the book");
    let mut blocks = Vec::new();
    for page in &book.pages {
        for (fence, tested) in page.markdown().blocks() {
            if matches!(tested, Tested::Run | Tested::Compiled) {
                let page = page.path.display().to_string().replace(['/', '.', '-'], "_");
                let name = format!("{page}_{}", fence.line);
                blocks.push(Block { name, line: fence.line, text: fence.text.clone() });
            }
        }
    }
    blocks
}

/// The edition that the book names, and with which its programs are compiled.
fn edition() -> String {
    let of = |file: &str, key: &str| {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file));
        let text: toml::Table = text.expect(file).parse().expect(file);
        key.split('.').fold(toml::Value::Table(text), |at, key| at[key].clone())
    };
    let named = of("book.toml", "rust.edition");
    assert_eq!(named, of("Cargo.toml", "workspace.package.edition"));
    named.as_str().expect("an edition").to_owned()
}

/// Compiles all `blocks`.
///
/// # Errors
///
/// What the compiler says, with the libraries that were compiled last.
fn compile(blocks: &[Block], edition: &str) -> Result<(), String> {
    let folder = recorder::scratch::folder().unwrap();
    let mut library = "#![allow(unused)]\n".to_owned();
    for Block { name, line, text } in blocks {
        // A line that is hidden on the page is compiled without its mark.
        let lines = text.lines().map(|line| line.trim_start().strip_prefix("# ").unwrap_or(line));
        let text: String = lines.flat_map(|line| [line, "\n"]).collect();
        let above = "\n".repeat(*line);
        fs::write(folder.path().join(format!("{name}.rs")), above + &text).unwrap();
        library += &format!("mod {name};\n");
    }
    fs::write(folder.path().join("lib.rs"), library).unwrap();
    let dependencies = std::env::current_exe().unwrap().parent().unwrap().to_owned();
    let rustc = std::env::var_os("RUSTC").unwrap_or("rustc".into());
    let mut refused = None;
    for tokio in compiled(&dependencies, "tokio") {
        for futures in compiled(&dependencies, "futures") {
            let output = Command::new(&rustc)
                .args(["lib.rs", "--crate-type=lib", "--emit=metadata", "--edition", edition])
                .arg(format!("-Ldependency={}", dependencies.display()))
                .arg(format!("--extern=tokio={}", tokio.display()))
                .arg(format!("--extern=futures={}", futures.display()))
                .current_dir(folder.path())
                .output()
                .expect("rustc");
            if output.status.success() {
                return Ok(());
            }
            refused.get_or_insert_with(|| String::from_utf8_lossy(&output.stderr).into_owned());
        }
    }
    Err(refused.expect("tokio and futures are compiled"))
}

/// The library as cargo has compiled it, the last one first: for tests, for the book
/// alone, each with other features. Which of them this test is linked with, nothing
/// says.
fn compiled(folder: &Path, name: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap());
    let mut libraries: Vec<_> = files
        .filter(|file| {
            let file = file.file_name().into_string().unwrap_or_default();
            file.starts_with(&format!("lib{name}-")) && file.ends_with(".rlib")
        })
        .collect();
    libraries.sort_by_key(|file| Reverse(file.metadata().unwrap().modified().unwrap()));
    libraries.iter().map(|file| file.path()).collect()
}

#[test]
fn every_block_compiles_by_the_edition_of_the_book() {
    let blocks = blocks();
    assert!(blocks.len() > 100, "only {} blocks: were they found at all?", blocks.len());
    compile(&blocks, &edition()).unwrap_or_else(|why| panic!("{why}"));
}

#[test]
fn a_block_that_compiles_by_2021_alone_is_refused_with_its_page_and_line() {
    let (name, line) = ("src_page_md_40".to_owned(), 40);
    let text = "fn main() {\n    let gen = 1;\n    println!(\"{gen}\");\n}\n".to_owned();
    let blocks = [Block { name, line, text }];
    compile(&blocks, "2021").unwrap();
    let why = compile(&blocks, &edition()).unwrap_err();
    assert!(why.contains("src_page_md_40.rs:42:9"), "{why}");
}
