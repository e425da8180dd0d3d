//! Tables in markdown.

use crate::data::{Figure, Group};
use crate::names;
use crate::units;

/// A table with `header` and `rows`; all but the first column are right-aligned.
///
/// ```
/// let table = costs::table::table(&["N", "time"], &[vec!["1".into(), "2 s".into()]]);
/// assert_eq!(table, "| N | time |\n|---|--:|\n| 1 | 2 s |\n");
/// ```
pub fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let header: Vec<String> = header.iter().map(|&cell| cell.to_owned()).collect();
    let rule = format!("|---|{}\n", "--:|".repeat(header.len() - 1));
    line(&header) + &rule + &rows.iter().map(|row| line(row)).collect::<String>()
}

/// A figure with its spread below it; a dash if there is none.
pub fn cell(figure: Option<&Figure>) -> String {
    let Some(figure) = figure else { return "–".into() };
    let shown = |value| units::of(&figure.unit, value);
    let (low, middle, high) = (shown(figure.low), shown(figure.median), shown(figure.high));
    if low == high {
        return middle;
    }
    // The unit once, if both have the same.
    let unit = high.find(' ').map_or("", |space| &high[space..]);
    let low = low.strip_suffix(unit).unwrap_or(&low);
    format!("{middle}<br><small>{low} – {high}</small>")
}

/// All figures of a group as text, for a look.
pub fn all(name: &str, group: &Group) -> String {
    let mut text = format!("{name}\n");
    for f in &group.figures {
        let x = f.x.map(|x| format!(" {x}")).unwrap_or_default();
        let shown = |value| units::of(&f.unit, value);
        let what = format!("{}{x}, {}", f.what, names::find(&f.by).name);
        let spread = format!("({} – {})", shown(f.low), shown(f.high));
        text += &format!("  {what:46} {:8} {:>10} {spread}\n", f.metric, shown(f.median));
    }
    text
}
