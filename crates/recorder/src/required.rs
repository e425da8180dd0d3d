//! What has to be there.

/// Whether a tool that is missing is a failure, as CI asks for by
/// `CONTEXT_SWITCH_REQUIRE_ALL`; `0` and nothing mean no.
pub fn everything_required() -> bool {
    requires(std::env::var_os("CONTEXT_SWITCH_REQUIRE_ALL").as_deref())
}

fn requires(value: Option<&std::ffi::OsStr>) -> bool {
    value.is_some_and(|value| !value.is_empty() && value != "0")
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    #[test]
    fn all_is_required_unless_the_variable_says_no() {
        for (value, required) in [(None, false), (Some(""), false), (Some("0"), false)]
            .into_iter()
            .chain([(Some("1"), true), (Some("yes"), true)])
        {
            assert_eq!(super::requires(value.map(OsStr::new)), required, "{value:?}");
        }
    }
}
