//! What is said on stderr, where nobody may listen.

/// The standard `eprintln!`, but for a stderr that is closed or full: that is no
/// reason to end.
macro_rules! eprintln {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), $($text)*);
    }};
}
