//! The chain of awaits that a task stands in: its own future awaits another one,
//! and so on down to the leaf that has nothing yet.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::ids::Line;

/// One future, or coroutine, of the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Json", into = "Json")]
pub struct Await {
    /// The function that it is of: `fetch`, `TaskGroup.__aexit__`.
    pub name: String,
    /// Where it stands; in another file than the program's main one that file may be
    /// a library's: `asyncio/tasks.py`.
    pub line: Option<Line>,
}

/// It, with the file of its line beside the line.
#[derive(Serialize, Deserialize)]
struct Json {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<Cow<'static, str>>,
}

impl From<Json> for Await {
    fn from(Json { name, line, file }: Json) -> Self {
        let line = line.map(Line::from);
        let line = match file {
            Some(file) => line.map(|line| line.within(&file)),
            None => line,
        };
        Await { name, line }
    }
}

impl From<Await> for Json {
    fn from(Await { name, line }: Await) -> Self {
        let file = line.and_then(Line::file).map(Cow::from);
        Json { name, line: line.map(Line::number), file }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_stands_beside_its_line_where_it_is_not_the_main_one() {
        for json in [
            r#"{"name":"main","line":13}"#,
            r#"{"name":"sleep","line":702,"file":"asyncio/tasks.py"}"#,
            r#"{"name":"tokio::time::Sleep"}"#,
        ] {
            let stands: Await = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&stands).unwrap(), json);
        }
    }
}
