//! Loops of the program that are not meant to end: a task that is ended while
//! it goes round in one, as a server or a heartbeat does, has lost nothing.

use syn::spanned::Spanned;
use syn::visit::Visit;

use crate::event::{Language, Line};

/// The endless loops of a program.
#[derive(Debug)]
pub struct Loops(Vec<(Line, Line)>);

impl Loops {
    /// The loops in `text`: in Rust `loop` and `while`, in Python `while` and
    /// `async for`. A `for` has as many rounds as it has.
    ///
    /// ```
    /// # use recording::{event::{Language, Line}, findings::endless::Loops};
    /// let loops = Loops::of("while True:\n    beat()\nend()\n", Language::Python);
    /// assert!(loops.around(Line::numbered(2)) && !loops.around(Line::numbered(3)));
    /// ```
    pub fn of(text: &str, language: Language) -> Self {
        match language {
            Language::Rust => {
                let mut found = Found(Vec::new());
                if let Ok(file) = syn::parse_file(text) {
                    found.visit_file(&file);
                }
                Loops(found.0)
            }
            Language::Python => Loops(python(text)),
        }
    }

    /// Whether `line` stands in one of them.
    pub fn around(&self, line: Line) -> bool {
        self.0.iter().any(|(from, to)| (*from..=*to).contains(&line))
    }
}

struct Found(Vec<(Line, Line)>);

impl Found {
    fn add(&mut self, expr: &impl Spanned) {
        let span = expr.span();
        self.0.push((Line::numbered(span.start().line), Line::numbered(span.end().line)));
    }
}

impl<'a> Visit<'a> for Found {
    fn visit_expr_loop(&mut self, expr: &'a syn::ExprLoop) {
        self.add(expr);
        syn::visit::visit_expr_loop(self, expr);
    }

    fn visit_expr_while(&mut self, expr: &'a syn::ExprWhile) {
        self.add(expr);
        syn::visit::visit_expr_while(self, expr);
    }
}

/// From a `while` to the last line that is indented more.
fn python(text: &str) -> Vec<(Line, Line)> {
    let lines: Vec<&str> = text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let number = |i: usize| Line::numbered(i + 1);
    let heads = lines.iter().enumerate().filter(|(_, line)| {
        let line = line.trim_start();
        line.starts_with("while ") || line.starts_with("while(") || line.starts_with("async for ")
    });
    let body = |(i, head): (usize, &&str)| {
        let inside = |line: &&str| line.trim().is_empty() || indent(line) > indent(head);
        let rest = lines[i + 1..].iter().take_while(|line| inside(line)).count();
        (number(i), number(i + rest))
    };
    heads.map(body).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_without_a_known_end_is_endless_and_a_for_is_not() {
        let text = "async fn f() {\n    loop {\n        g().await;\n    }\n    for _ in 0..3 {\n        g().await;\n    }\n}\n";
        let loops = Loops::of(text, Language::Rust);
        let around: Vec<Line> =
            (1..=8).map(Line::from).filter(|line| loops.around(*line)).collect();
        assert_eq!(around, [2, 3, 4]);
    }

    #[test]
    fn a_text_that_is_no_program_has_none() {
        assert!(!Loops::of("loop {", Language::Rust).around(1.into()));
    }
}
