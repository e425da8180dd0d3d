//! The compiler's errors at their lines, from what it prints.

use recording::event::Language;
use serde::Serialize;

/// An error that belongs to a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The line of the listing, from 1.
    pub line: u32,
    /// What is wrong there, in one line.
    pub message: String,
}

/// The errors in what rustc or python3 printed, in order, each line once.
///
/// ```
/// # use draw::player::diagnostics::of;
/// # use recording::event::Language;
/// let rustc = "error[E0425]: cannot find value `x` in this scope\n --> changed.rs:3:5\n  |\n";
/// let errors = of(rustc, Language::Rust);
/// assert_eq!(errors[0].line, 3);
/// assert_eq!(errors[0].message, "E0425: cannot find value `x` in this scope");
/// ```
pub fn of(text: &str, language: Language) -> Vec<Diagnostic> {
    let mut found = match language {
        Language::Rust => rust(text),
        Language::Python => python(text),
    };
    found.dedup();
    found
}

/// What the compiler says, with the types called as on plain tokio: those of
/// the stand-in are of a crate that has no name.
///
/// ```
/// # use draw::player::diagnostics::as_on_plain_tokio;
/// let said = "expected `i32`, found `_::task::JoinHandle<my_::Own>`";
/// assert_eq!(as_on_plain_tokio(said), "expected `i32`, found `tokio::task::JoinHandle<my_::Own>`");
/// ```
pub fn as_on_plain_tokio(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_::") {
        let before = &rest[..at];
        let is_name = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        said += before;
        said += if is_name { "_::" } else { "tokio::" };
        rest = &rest[at + "_::".len()..];
    }
    said + rest
}

/// `error[E0000]: message`, and below it ` --> file:line:column`.
fn rust(text: &str) -> Vec<Diagnostic> {
    let mut message: Option<String> = None;
    let mut found = Vec::new();
    for line in text.lines() {
        if let Some(rest) = line.trim_start().strip_prefix("error") {
            message = match rest.strip_prefix('[').and_then(|rest| rest.split_once("]: ")) {
                Some((code, words)) => Some(format!("{code}: {words}")),
                None => rest.strip_prefix(": ").map(str::to_owned),
            };
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let number = place.rsplit(':').nth(1).and_then(|number| number.parse().ok());
            if let (Some(message), Some(line)) = (message.take(), number) {
                found.push(Diagnostic { line, message });
            }
        }
    }
    found
}

/// `File "…", line 3`, of which the last before the message counts.
fn python(text: &str) -> Vec<Diagnostic> {
    let mut place = None;
    let mut found = Vec::new();
    for line in text.lines() {
        let number = line.trim_start().strip_prefix("File \"").and_then(|rest| {
            let (file, rest) = rest.split_once("\", line ")?;
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            file.ends_with("changed.py").then(|| digits.parse().ok()).flatten()
        });
        if number.is_some() {
            place = number;
        } else if let (Some(line_number), Some((kind, _))) = (place, line.split_once(": ")) {
            let is_name = kind.ends_with("Error") || kind.ends_with("Exception");
            if is_name && !line.starts_with(' ') {
                found.push(Diagnostic { line: line_number, message: line.to_owned() });
                place = None;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_and_notes_are_no_errors() {
        let text = "warning: unused variable\n --> changed.rs:2:9\nerror: expected `;`\n --> changed.rs:4:1\nnote: here\n --> changed.rs:9:1\n";
        assert_eq!(
            of(text, Language::Rust),
            [Diagnostic { line: 4, message: "expected `;`".to_owned() }]
        );
    }

    #[test]
    fn a_syntax_error_of_python_has_its_line() {
        let text = "  File \"/tmp/x/changed.py\", line 7\n    await x y\n            ^\nSyntaxError: invalid syntax\n";
        assert_eq!(
            of(text, Language::Python),
            [Diagnostic { line: 7, message: "SyntaxError: invalid syntax".to_owned() }]
        );
    }

    #[test]
    fn text_without_errors_has_none() {
        assert_eq!(of("cannot start rustc", Language::Rust), []);
        assert_eq!(of("error: could not compile\n", Language::Rust), []);
    }
}
