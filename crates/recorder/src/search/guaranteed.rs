//! What all outputs of a program have in common.

use std::collections::BTreeSet;

/// What all of them have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Common {
    /// The lines that each of them has.
    pub lines: Vec<String>,
    /// Of those that each has once: which comes before which in all of them,
    /// without what follows from the others.
    pub before: Vec<(String, String)>,
}

/// What `outputs` have in common, in the order of the first.
///
/// ```
/// # use recorder::search::guaranteed::common;
/// let common = common(&[vec!["a", "b", "c"], vec!["b", "a", "c"]]);
/// assert_eq!(common.lines, ["a", "b", "c"]);
/// let before = |one: &str, other: &str| (one.to_owned(), other.to_owned());
/// assert_eq!(common.before, [before("a", "c"), before("b", "c")]);
/// ```
pub fn common<T: AsRef<str>>(outputs: &[Vec<T>]) -> Common {
    let Some((first, rest)) = outputs.split_first() else { return Common::default() };
    let count = |output: &[T], line: &str| output.iter().filter(|one| one.as_ref() == line).count();
    let mut lines: Vec<String> = Vec::new();
    for line in first.iter().map(T::as_ref) {
        let had = lines.iter().filter(|one| *one == line).count();
        if rest.iter().all(|output| count(output, line) > had) {
            lines.push(line.to_owned());
        }
    }
    let once = |line: &&String| outputs.iter().all(|output| count(output, line) == 1);
    let single: Vec<&String> = lines.iter().filter(once).collect();
    let place = |output: &[T], line: &str| output.iter().position(|one| one.as_ref() == line);
    let is_before = |one: &str, other: &str| {
        outputs.iter().all(|output| place(output, one) < place(output, other))
    };
    let mut pairs = BTreeSet::new();
    for (i, one) in single.iter().enumerate() {
        for (j, other) in single.iter().enumerate() {
            if i != j && is_before(one, other) {
                pairs.insert((i, j));
            }
        }
    }
    let follows = |(i, j): &(usize, usize)| {
        (0..single.len()).any(|k| pairs.contains(&(*i, k)) && pairs.contains(&(k, *j)))
    };
    let named = |(i, j): &(usize, usize)| (single[*i].clone(), single[*j].clone());
    let before = pairs.iter().filter(|pair| !follows(pair)).map(named).collect();
    Common { lines, before }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_come_twice_are_had_twice_and_have_no_place() {
        let common = common(&[vec!["a", "a", "b"], vec!["b", "a", "a", "c"]]);
        assert_eq!(common.lines, ["a", "a", "b"]);
        assert_eq!(common.before, []);
    }

    #[test]
    fn what_follows_is_not_said() {
        let common = common(&[vec!["a", "b", "c", "d"], vec!["a", "c", "b", "d"]]);
        let said: Vec<String> = common.before.iter().map(|(a, b)| format!("{a}{b}")).collect();
        assert_eq!(said, ["ab", "ac", "bd", "cd"]);
    }
}
