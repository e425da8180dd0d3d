//! Every Rust block of the chapters and of the README becomes a test.

fn main() {
    let mut pages = skeptic::markdown_files_of_directory("src");
    pages.push("README.md".into());
    skeptic::generate_doc_tests(&pages);
}
