//! Numbers for people: three digits, and the unit that fits.

/// A time in ns.
///
/// ```
/// use costs::units::time;
///
/// assert_eq!(time(2.04), "2.04 ns");
/// assert_eq!(time(351.6), "352 ns");
/// assert_eq!(time(21_940.0), "21.9 µs");
/// assert_eq!(time(1_003_000_000.0), "1.00 s");
/// ```
pub fn time(ns: f64) -> String {
    scaled(ns, &[(1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1.0, "ns")])
}

/// A number of bytes.
///
/// ```
/// assert_eq!(costs::units::bytes(2_300_000.0), "2.19 MiB");
/// ```
pub fn bytes(bytes: f64) -> String {
    let (kib, mib, gib) = (1024.0, 1_048_576.0, 1_073_741_824.0);
    scaled(bytes, &[(gib, "GiB"), (mib, "MiB"), (kib, "KiB"), (1.0, "bytes")])
}

/// A count or a size, with commas.
///
/// ```
/// assert_eq!(costs::units::count(1_000_000.0), "1,000,000");
/// assert_eq!(costs::units::count(123_456.7), "123,457");
/// ```
pub fn count(n: f64) -> String {
    let digits = format!("{n:.0}");
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A multiple.
///
/// ```
/// use costs::units::times;
///
/// assert_eq!(times(1.26), "1.3 ×");
/// assert_eq!(times(173.2), "173 ×");
/// ```
pub fn times(ratio: f64) -> String {
    let digits = if ratio < 9.95 { format!("{ratio:.1}") } else { count(ratio) };
    format!("{digits} ×")
}

/// A figure of `unit`, as the data file names them.
pub fn of(unit: &str, value: f64) -> String {
    match unit {
        "ns" => time(value),
        "µs" => time(value * 1e3),
        "ms" => time(value * 1e6),
        "s" => time(value * 1e9),
        "bytes" => bytes(value),
        _ => count(value),
    }
}

fn scaled(value: f64, units: &[(f64, &str)]) -> String {
    // 999.6 of a unit would be shown as 1000 of it.
    let fits = |(size, _): &&(f64, &str)| value >= size * 0.9995;
    let (size, name) = units.iter().find(fits).or(units.last()).expect("there is a unit");
    let value = value / size;
    match value {
        _ if value == 0.0 => format!("0 {name}"),
        v if v < 9.995 => format!("{v:.2} {name}"),
        v if v < 99.95 => format!("{v:.1} {name}"),
        v => format!("{v:.0} {name}"),
    }
}
