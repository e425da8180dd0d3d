//! What a task waits for, as kinds and numbers: tests of what is recorded do
//! not depend on how it is said.

use recording::names::Names;
use recording::on::On;
use recording::words::nanoseconds;
use serde_json::Value;

/// `message`, `lock read`, `end of foo & bar | 1 s`: `|` where one is enough,
/// `&` where all are needed.
pub fn kinds(on: &[On], names: &Names) -> String {
    joined(on.iter().map(|on| kind(on, names)), " | ")
}

fn kind(on: &On, names: &Names) -> String {
    match on {
        On::Time { ns: Some(ns) } => nanoseconds(u128::from(*ns)),
        On::Tasks { of, all, calls } => {
            let tasks = of.iter().map(|task| names.of(*task).to_owned());
            let calls = (*calls > 0).then(|| format!("blocking {calls}"));
            format!("end of {}", joined(tasks.chain(calls), if *all { " & " } else { " | " }))
        }
        On::All { on } => joined(on.iter().map(|on| kind(on, names)), " & "),
        On::Any { on } => joined(on.iter().map(|on| kind(on, names)), " | "),
        on => plain(on),
    }
}

/// The kind, and what of it is no number of a resource and nobody's name.
fn plain(on: &On) -> String {
    let Ok(Value::Object(fields)) = serde_json::to_value(on) else { panic!("{on:?}") };
    let mut words = vec![fields["for"].as_str().unwrap().to_owned()];
    for (field, value) in &fields {
        match value {
            _ if ["for", "resource"].contains(&field.as_str()) => {}
            Value::String(of) => words.push(of.clone()),
            Value::Number(n) => words.push(n.to_string()),
            Value::Bool(true) => words.push(field.clone()),
            _ => {}
        }
    }
    words.join(" ")
}

fn joined(words: impl Iterator<Item = String>, by: &str) -> String {
    words.collect::<Vec<_>>().join(by)
}
