//! What an order is called: `5f2a90c1-3.1-7.2`.
//!
//! Behind a number that stands for the program and the choices that it came to
//! are those at which it did not go the first way. So a token of another
//! program, or of another version of it, is known for what it is. A `w` behind the
//! number says that the order is one of the wider model: `5f2a90c1w-3.1`.

use std::fmt::Write as _;

use anyhow::{Result, anyhow, ensure};

use super::schedule::Schedule;
use recording::session::Choice;

/// The token of a run of the program with this text that came to these choices.
pub fn token(text: &str, choices: &[Choice], wide: bool) -> String {
    let wide = if wide { WIDE } else { "" };
    let mut token = format!("{:08x}{wide}", mark(text, choices));
    let schedule = Schedule::of(choices);
    if schedule.changes() > 0 {
        // Writing to a String cannot fail.
        let _ = write!(token, "-{schedule}");
    }
    token
}

/// The number of a program with this text, whatever its order.
pub fn program(text: &str) -> String {
    format!("{:08x}", mark(text, &[]))
}

const WIDE: &str = "w";

/// The order that a token stands for, and whether it is one of the wider model.
///
/// # Errors
///
/// When it is none.
pub fn schedule(token: &str) -> Result<(Schedule, bool)> {
    let (mark, ways) = token.split_once('-').unwrap_or((token, ""));
    let (mark, wide) = mark.strip_suffix(WIDE).map_or((mark, false), |mark| (mark, true));
    let is_mark = mark.len() == 8 && mark.chars().all(|c| c.is_ascii_hexdigit());
    let schedule = ways.parse().ok().filter(|_| is_mark && !token.ends_with('-'));
    schedule.map(|schedule| (schedule, wide)).ok_or_else(|| {
        anyhow!(
            "`{token}` is no token of an order: `trace FILE --orders` prints them, as 5f2a90c1-3.1"
        )
    })
}

/// Whether the run of the program with this text that came to these choices is
/// the one that `token` stands for.
///
/// # Errors
///
/// When it is not.
pub fn check(token: &str, text: &str, choices: &[Choice]) -> Result<()> {
    let (_, wide) = schedule(token)?;
    ensure!(
        self::token(text, choices, wide) == token,
        "`{token}` is no order of this program as it is now: it was printed for another program, \
         or for this one before it was changed, or called with other arguments"
    );
    Ok(())
}

/// FNV-1a of both.
fn mark(text: &str, choices: &[Choice]) -> u32 {
    let choices = choices.iter().flat_map(|choice| [choice.of as u8, choice.took as u8]);
    text.bytes()
        .chain(choices)
        .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_of_one_program_and_of_one_run() {
        let choices = [0, 1, 0, 2].map(|took| Choice { of: 3, took });
        let token = token("text", &choices, false);
        assert!(token.ends_with("-1.1-3.2"), "{token}");
        assert_eq!(schedule(&token).unwrap(), (Schedule::of(&choices), false));
        check(&token, "text", &choices).unwrap();
        let other = check(&token, "text ", &choices).unwrap_err().to_string();
        assert!(other.contains("no order of this program as it is now"), "{other}");
        let other = [0, 1, 0, 2].map(|took| Choice { of: 4, took });
        assert!(check(&token, "text", &other).is_err());
    }

    #[test]
    fn the_first_order_has_a_token_too() {
        let first = token("text", &[Choice { of: 2, took: 0 }], false);
        assert_eq!(first.len(), 8, "{first}");
        assert_eq!(schedule(&first).unwrap(), (Schedule::default(), false));
    }

    #[test]
    fn a_token_of_the_wider_model_is_no_other() {
        let choices = [0, 1].map(|took| Choice { of: 2, took });
        let wide = token("text", &choices, true);
        assert_eq!(wide.replacen('w', "", 1), token("text", &choices, false));
        assert_eq!(schedule(&wide).unwrap(), (Schedule::of(&choices), true));
        check(&wide, "text", &choices).unwrap();
    }

    #[test]
    fn what_is_no_token_is_refused() {
        for wrong in [
            "",
            "-",
            "12345678-",
            "1234567",
            "123456789",
            "xyzxyzxy",
            "12345678-1",
            "12345678-1.0",
            "12345678-2.1-1.1",
            "12345678-1.1-1.2",
            "12345678-1.1~3.3.3",
            "12345678 1.1",
            "w12345678-1.1",
            "12345678ww-1.1",
            "12345678-w1.1",
            "12345678-99999999999999999999.1",
        ] {
            let error = schedule(wrong).unwrap_err().to_string();
            assert!(error.contains("is no token of an order"), "{wrong}: {error}");
        }
    }
}
