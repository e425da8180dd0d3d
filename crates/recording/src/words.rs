//! Durations as a reader says them, and texts cut to a length.

/// Microseconds in the unit that reads best, without needless digits.
///
/// ```
/// # use recording::words::duration;
/// assert_eq!(duration(1_000_000), "1 s");
/// assert_eq!(duration(1_500_000), "1.5 s");
/// assert_eq!(duration(500_000), "500 ms");
/// assert_eq!(duration(250), "250 µs");
/// assert_eq!(duration(0), "0 s");
/// ```
pub fn duration(us: u64) -> String {
    let (unit, each) = match us {
        0 => ("s", 1),
        1..1_000 => ("µs", 1),
        1_000..1_000_000 => ("ms", 1_000),
        _ => ("s", 1_000_000),
    };
    // Seconds are shown to the millisecond, as precisely as tokio's timers are.
    let us = if unit == "s" { us.saturating_add(500) / 1_000 * 1_000 } else { us };
    let fraction = format!("{:06}", us % each * (1_000_000 / each));
    match fraction.trim_end_matches('0') {
        "" => format!("{} {unit}", us / each),
        digits => format!("{}.{digits} {unit}", us / each),
    }
}

/// Microseconds to two digits that count, for what was measured on a real clock.
///
/// ```
/// # use recording::words::round;
/// assert_eq!(round(1_001_234), 1_000_000);
/// assert_eq!(round(999_999), 1_000_000);
/// assert_eq!(round(7), 7);
/// ```
pub fn round(us: u64) -> u64 {
    let step = 10u64.pow(us.checked_ilog10().unwrap_or(0).saturating_sub(1));
    (us.saturating_add(step / 2)) / step * step
}

/// One line of at most `width` characters: what is longer ends in `…`, and
/// control characters are written as escapes.
///
/// ```
/// # use recording::words::shorten;
/// assert_eq!(shorten("tab\there", 20), "tab\\there");
/// assert_eq!(shorten("a long sentence", 7), "a long…");
/// ```
pub fn shorten(text: &str, width: usize) -> String {
    let mut shown = String::new();
    let mut rest = width;
    for c in text.chars() {
        let piece = if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
        let length = piece.chars().count();
        if length > rest {
            while shown.chars().count() >= width.max(1) {
                shown.pop();
            }
            shown.push('…');
            break;
        }
        rest -= length;
        shown.push_str(&piece);
    }
    shown
}

/// `3 polls`, `1 poll`.
pub fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// `a`, `a and b`, `a, b and c`; more than `most` are counted, not named.
pub fn list(names: &[&str], most: usize) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        _ if names.len() > most => {
            format!("{} and {} more", names[..most].join(", "), names.len() - most)
        }
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Names in a row, those of a numbered series by its ends.
///
/// ```
/// # use recording::words::row;
/// let names = ["foo #1", "foo #2", "foo #3"].map(String::from);
/// assert_eq!(row(&names), "foo #1 to #3");
/// assert_eq!(row(&names[..2]), "foo #1 and foo #2");
/// ```
pub fn row(names: &[String]) -> String {
    let numbered = |name: &String| {
        let (base, number) = name.rsplit_once(" #")?;
        Some((base.to_owned(), number.parse::<usize>().ok()?))
    };
    let numbers: Option<Vec<_>> = names.iter().map(numbered).collect();
    if let Some([first, .., last]) = numbers.as_deref()
        && let Some(numbers) = numbers.as_deref()
        && names.len() > 2
        && numbers.iter().zip(first.1..).all(|((base, n), next)| *base == first.0 && *n == next)
    {
        return format!("{} to #{}", names[0], last.1);
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    list(&names, 4)
}

/// Names, each series of numbered ones by its ends, wherever its names stand.
///
/// ```
/// # use recording::words::series;
/// let names = ["main", "foo #1", "bar", "foo #2", "foo #3"].map(String::from);
/// assert_eq!(series(&names), "main, foo #1 to #3 and bar");
/// ```
pub fn series(names: &[String]) -> String {
    let mut kinds: Vec<(&str, Vec<String>)> = Vec::new();
    for name in names {
        let kind = name.rsplit_once(" #").map_or(name.as_str(), |(kind, _)| kind);
        match kinds.iter_mut().find(|(other, _)| *other == kind) {
            Some((_, all)) => all.push(name.clone()),
            None => kinds.push((kind, vec![name.clone()])),
        }
    }
    let rows: Vec<String> = kinds.iter().map(|(_, all)| row(all)).collect();
    list(&rows.iter().map(String::as_str).collect::<Vec<_>>(), 8)
}
