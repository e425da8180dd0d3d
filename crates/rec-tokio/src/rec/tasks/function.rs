//! The function that a future is made by, as its type tells.

/// `serve` of a future that `async fn serve` or a block in it made, however it is
/// wrapped: boxed, pinned or instrumented. Nothing of any other future.
pub(crate) fn of<F>() -> &'static str {
    named(std::any::type_name::<F>()).unwrap_or_default()
}

/// The function in the name of a type.
fn named(mut name: &str) -> Option<&str> {
    while !name.starts_with("dyn ") {
        let mut path = name;
        while let Some(outer) = path.strip_suffix("::{{closure}}") {
            path = outer;
        }
        if path.len() < name.len() {
            let path = without_arguments(path)?;
            let function = path.rsplit("::").next()?;
            let is_name = |c: char| c.is_alphanumeric() || c == '_';
            return Some(function).filter(|f| !f.is_empty() && f.chars().all(is_name));
        }
        // What is wrapped is the first argument of what wraps it.
        let (_, arguments) = name.split_once('<')?;
        name = first(arguments.strip_suffix('>')?);
    }
    None
}

/// `serve` of `serve<Vec<u8>>`.
fn without_arguments(path: &str) -> Option<&str> {
    if !path.ends_with('>') {
        return Some(path);
    }
    let mut depth = 0_u32;
    for (at, byte) in path.bytes().enumerate().rev() {
        match byte {
            b'>' => depth += 1,
            b'<' => depth = depth.checked_sub(1)?,
            _ => continue,
        }
        if depth == 0 {
            return Some(path[..at].trim_end_matches("::"));
        }
    }
    None
}

/// The first of a list of types.
fn first(arguments: &str) -> &str {
    let mut depth = 0_i32;
    let end = arguments.bytes().position(|byte| {
        match byte {
            b'<' | b'(' | b'[' => depth += 1,
            b'>' | b')' | b']' => depth -= 1,
            _ => {}
        }
        byte == b',' && depth == 0
    });
    &arguments[..end.unwrap_or(arguments.len())]
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_future_is_called_after_the_function_that_made_it() {
        for (name, function) in [
            ("app::main::{{closure}}", Some("main")),
            ("app::main::{{closure}}::{{closure}}", Some("main")),
            ("app::serve<alloc::vec::Vec<u8>>::{{closure}}", Some("serve")),
            ("<app::Worker<u8> as app::Run>::run::{{closure}}", Some("run")),
            ("app::Worker<u8>::run::{{closure}}", Some("run")),
            ("core::pin::Pin<alloc::boxed::Box<app::foo::{{closure}}>>", Some("foo")),
            ("tracing::Instrumented<app::foo<(u8, u8)>::{{closure}}, u8>", Some("foo")),
            ("core::pin::Pin<alloc::boxed::Box<dyn core::future::Future<Output = ()>>>", None),
            ("app::Countdown", None),
            ("futures::Map<app::Countdown, app::main::{{closure}}>", None),
            ("", None),
        ] {
            assert_eq!(named(name), function, "{name}");
        }
    }
}
