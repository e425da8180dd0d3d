//! Text with marks in it: which part is a name, a quotation, code. The page
//! decides how each looks, and takes nothing for markup.

use recording::words::visible;
use serde::Serialize;

/// A sentence or two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Say(Vec<Part>);

/// A part of a sentence, all of one mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Part {
    Plain(String),
    Name { b: String },
    Quote { q: String },
    Code { code: String },
}

impl Say {
    /// Plain text alone.
    pub fn plain(text: impl AsRef<str>) -> Self {
        Say::default().text(text)
    }

    /// And plain text.
    pub fn text(mut self, text: impl AsRef<str>) -> Self {
        match (self.0.last_mut(), text.as_ref()) {
            (_, "") => {}
            (Some(Part::Plain(before)), text) => before.push_str(&visible(text)),
            (_, text) => self.0.push(Part::Plain(visible(text).into_owned())),
        }
        self
    }

    /// And the name of a task.
    pub fn name(mut self, name: &str) -> Self {
        self.0.push(Part::Name { b: name.to_owned() });
        self
    }

    /// And what somebody else has said.
    pub fn quote(mut self, text: &str) -> Self {
        self.0.push(Part::Quote { q: visible(text).into_owned() });
        self
    }

    /// And a piece of a program.
    pub fn code(mut self, code: &str) -> Self {
        self.0.push(Part::Code { code: code.to_owned() });
        self
    }

    /// And all of another.
    pub fn then(mut self, more: Say) -> Self {
        for part in more.0 {
            match part {
                Part::Plain(text) => self = self.text(text),
                part => self.0.push(part),
            }
        }
        self
    }

    /// And names: `a, b and c`.
    pub fn names(mut self, names: &[&str]) -> Self {
        for (i, name) in names.iter().enumerate() {
            self = match i {
                0 => self,
                _ if i + 1 == names.len() => self.text(" and "),
                _ => self.text(", "),
            }
            .name(name);
        }
        self
    }
}
