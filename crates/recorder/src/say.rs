//! What is said on stderr, where nobody may listen.

/// The standard `eprintln!`, but for a stderr that is closed or full: that is no
/// reason to end.
macro_rules! eprintln {
    ($($text:tt)*) => {{
        let text = format!($($text)*);
        // By the standard one, whose output a test keeps to itself: that of another
        // `cargo test`, say. What it does about a full stderr is to panic.
        let _ = std::panic::catch_unwind(|| ::std::eprintln!("{text}"));
    }};
}
