//! Who is measured, as the pages call them, and how the plots mark them.

/// How one of them looks in a plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A filled circle.
    Circle,
    /// A filled triangle.
    Triangle,
    /// A filled square.
    Square,
    /// An open circle.
    Ring,
    /// A cross.
    Cross,
}

/// One of those that are measured.
#[derive(Clone, Copy, Debug)]
pub struct Who {
    /// In the data file.
    pub by: &'static str,
    /// On the pages.
    pub name: &'static str,
    /// Its mark, so that nobody has to tell colours apart.
    pub shape: Shape,
    /// Its colour on a light page.
    pub light: (u8, u8, u8),
    /// Its colour on a dark page.
    pub dark: (u8, u8, u8),
}

const fn who(by: &'static str, name: &'static str, shape: Shape, light: u32, dark: u32) -> Who {
    const fn rgb(c: u32) -> (u8, u8, u8) {
        ((c >> 16) as u8, (c >> 8) as u8, c as u8)
    }
    Who { by, name, shape, light: rgb(light), dark: rgb(dark) }
}

/// All of them, in the order of the columns. The colours can be told apart by the
/// colour-blind (Okabe and Ito, *Color Universal Design*), made lighter for the dark.
pub const ALL: &[Who] = &[
    who("floor", "floor", Shape::Cross, 0x767676, 0x9a9a9a),
    who("current_thread", "tokio, one thread", Shape::Circle, 0x0072b2, 0x56b4e9),
    who("multi_thread", "tokio, workers", Shape::Triangle, 0xd55e00, 0xff9a4d),
    who("asyncio", "asyncio", Shape::Square, 0x007a59, 0x2fcc9f),
    who("uvloop", "uvloop", Shape::Ring, 0x5b8c00, 0xa9d14c),
    who("thread", "threads", Shape::Ring, 0xa8477d, 0xe59bc6),
    who("rust", "Rust", Shape::Circle, 0x0072b2, 0x56b4e9),
    who("spawn", "spawn, on workers", Shape::Triangle, 0xd55e00, 0xff9a4d),
    who("spawn_blocking", "spawn_blocking", Shape::Ring, 0xa8477d, 0xe59bc6),
    who("to_thread", "to_thread (Python)", Shape::Square, 0x007a59, 0x2fcc9f),
    who("processes", "processes (Python)", Shape::Circle, 0x5b8c00, 0xa9d14c),
    who("book", "this book", Shape::Circle, 0x0072b2, 0x56b4e9),
    who("skeptic", "skeptic", Shape::Circle, 0x0072b2, 0x56b4e9),
    who("rustdoc", "rustdoc", Shape::Triangle, 0xd55e00, 0xff9a4d),
    who("python", "Python", Shape::Square, 0x007a59, 0x2fcc9f),
];

/// The one that the data file calls `by`.
///
/// # Panics
///
/// If nobody is called so.
pub fn find(by: &str) -> Who {
    *ALL.iter().find(|who| who.by == by).unwrap_or_else(|| panic!("nobody is called {by:?}"))
}
