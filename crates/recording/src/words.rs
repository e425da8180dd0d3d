//! Durations and numbers as a reader says them, and texts as they can be shown:
//! without what would hide something, and cut to a length.

use std::borrow::Cow;

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
    nanoseconds(u128::from(us) * 1_000)
}

/// The same of nanoseconds, to three digits behind the point: seconds to the
/// millisecond, as precisely as tokio's timers are.
///
/// ```
/// # use recording::words::nanoseconds;
/// assert_eq!(nanoseconds(1_234_567_890), "1.235 s");
/// assert_eq!(nanoseconds(5), "5 ns");
/// ```
pub fn nanoseconds(ns: u128) -> String {
    let (unit, each) = unit(ns);
    let ns = to_thousandths(ns, each);
    let fraction = format!("{:09}", ns % each * (1_000_000_000 / each));
    match fraction.trim_end_matches('0') {
        "" => format!("{} {unit}", ns / each),
        digits => format!("{}.{digits} {unit}", ns / each),
    }
}

/// Whether both are the same to these digits.
pub fn are_one_time(ns: u128, other: u128) -> bool {
    let said = |ns| to_thousandths(ns, unit(ns).1);
    said(ns) == said(other)
}

/// The unit that so many nanoseconds are said in, and how long each is.
fn unit(ns: u128) -> (&'static str, u128) {
    match ns {
        0 => ("s", 1),
        1..1_000 => ("ns", 1),
        1_000..1_000_000 => ("µs", 1_000),
        1_000_000..1_000_000_000 => ("ms", 1_000_000),
        _ => ("s", 1_000_000_000),
    }
}

fn to_thousandths(ns: u128, unit: u128) -> u128 {
    let thousandth = (unit / 1_000).max(1);
    (ns + thousandth / 2) / thousandth * thousandth
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

/// Whether a character would not be seen itself, but change how others are: a
/// control character, one that ends a line, or one that turns the direction of
/// what is written, with which a text can be shown as another.
pub fn is_hidden(c: char) -> bool {
    let turns = matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The text with escapes for what [`is_hidden`].
///
/// ```
/// # use recording::words::visible;
/// assert_eq!(visible("tab\there"), "tab\\there");
/// assert_eq!(visible("ab\u{202e}dc"), "ab\\u{202e}dc");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match is_hidden(c) {
            true => shown.extend(c.escape_default()),
            false => shown.push(c),
        }
    }
    shown.into()
}

/// JSON with JSON's own escapes for the same: another way to write what it says.
///
/// ```
/// # use recording::words::visible_json;
/// assert_eq!(visible_json("[\"ab\u{202e}dc\"]"), r#"["ab\u202edc"]"#);
/// ```
pub fn visible_json(json: &str) -> Cow<'_, str> {
    if !json.contains(is_hidden) {
        return json.into();
    }
    let mut shown = String::with_capacity(json.len() + 8);
    for c in json.chars() {
        match is_hidden(c) {
            // None of them needs two of these.
            true => shown.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => shown.push(c),
        }
    }
    shown.into()
}

/// One line of at most `width` characters: what is longer ends in `…`, and what
/// [`is_hidden`] is written as escapes.
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
        let piece = if is_hidden(c) { c.escape_default().to_string() } else { c.to_string() };
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

/// A text of the program's own without the numbers in it: in what tasks are called
/// and print, round after round counts on.
///
/// ```
/// # use recording::words::uncounted;
/// assert_eq!(uncounted("worker 12 is at 3.5"), uncounted("worker 3 is at 10"));
/// ```
pub fn uncounted(text: &str) -> Cow<'_, str> {
    let is_number = |c: char| c.is_ascii_digit();
    if !text.contains(is_number) {
        return text.into();
    }
    let parts = text.split(is_number);
    parts.filter(|part| !part.is_empty() && *part != ".").collect::<String>().into()
}
