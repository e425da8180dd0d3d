//! What the program calls a lock, a channel or the like: the variable or field
//! that it is made for.

use proc_macro2::{Delimiter, Group, LineColumn, Spacing, TokenStream, TokenTree};

/// Functions that make something of what they are given, for the same variable.
const WRAPS: [&str; 9] =
    ["new", "from", "Some", "Ok", "pin", "from_iter", "leak", "new_cyclic", "default"];

/// Methods that give their receiver what they are called with.
const GIVES: [&str; 4] = ["push", "push_back", "insert", "replace"];

/// The name of what is made by the call in `tokens` that begins `at`:
/// `accounts` in `let accounts = Arc::new(Mutex::new(0));`, `state` in
/// `Server { state: Mutex::new(0) }`, `sender` in `let (sender, rest) = channel();`.
pub(super) fn name(tokens: &TokenStream, at: LineColumn) -> Option<String> {
    match find(tokens, at) {
        Found::Name(name) => {
            Some(name.trim_start_matches('_').to_owned()).filter(|n| !n.is_empty())
        }
        Found::Inside | Found::Nothing => None,
    }
}

enum Found {
    Name(String),
    /// It is here, and part of a larger expression.
    Inside,
    /// It is not here, or nothing is called after it.
    Nothing,
}

fn find(tokens: &TokenStream, at: LineColumn) -> Found {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (i, tree) in trees.iter().enumerate() {
        if tree.span().start() == at && !matches!(tree, TokenTree::Group(_)) {
            return bound(&trees[..i], 0);
        }
        let TokenTree::Group(group) = tree else { continue };
        let span = group.span();
        if !(span.start() <= at && at < span.end()) {
            continue;
        }
        return match find(&group.stream(), at) {
            Found::Inside => outside(group, at, &trees[..i]),
            found => found,
        };
    }
    Found::Nothing
}

/// What is bound to an expression with `before` it, or to its part `which`, from 0.
fn bound(before: &[TokenTree], which: usize) -> Found {
    for (i, tree) in before.iter().enumerate().rev() {
        match tree {
            TokenTree::Punct(punct) => match punct.as_char() {
                // `==` and its like, `=>`.
                '=' if i > 0 && is_joint(&before[i - 1]) || is_joint(tree) => {
                    return Found::Nothing;
                }
                '=' => return left(&before[..i], which),
                ':' if i > 0 && (is_any(&before[i - 1], ":") || joins(before, i)) => {}
                ':' => return named(before.get(i.wrapping_sub(1))),
                ',' => return Found::Inside,
                ';' => return Found::Nothing,
                _ => {}
            },
            TokenTree::Ident(word) if ["return", "match", "in"].iter().any(|w| word == w) => {
                return Found::Nothing;
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                return Found::Nothing;
            }
            _ => {}
        }
    }
    Found::Inside
}

/// What the part of a `group` that is `at` belongs to; the group has `before` it.
fn outside(group: &Group, at: LineColumn, before: &[TokenTree]) -> Found {
    match (group.delimiter(), before) {
        (Delimiter::Brace, _) => Found::Nothing,
        // `vec![…]`, or a list.
        (Delimiter::Bracket, [before @ .., TokenTree::Ident(_), bang]) if is_any(bang, "!") => {
            bound(before, 0)
        }
        (Delimiter::Parenthesis, [receiver @ .., dot, TokenTree::Ident(method)])
            if is_any(dot, ".") =>
        {
            match GIVES.iter().any(|gives| method == gives) {
                true => named(receiver.last()),
                false => bound(receiver, 0),
            }
        }
        (Delimiter::Parenthesis, [.., TokenTree::Ident(function)]) => {
            match WRAPS.iter().any(|wraps| function == wraps) {
                true => bound(before, 0),
                false => Found::Nothing,
            }
        }
        // A tuple, or a list.
        _ => {
            let parts = group.stream().into_iter().filter(|tree| is_any(tree, ","));
            bound(before, parts.filter(|comma| comma.span().start() < at).count())
        }
    }
}

/// The variable of `let x: T`, `self.x`, `static X: T`; of `(x, y)` that of the part `which`.
fn left(before: &[TokenTree], which: usize) -> Found {
    let is_start = |tree: &TokenTree| ["let", "static", "const"].iter().any(|w| is_word(tree, w));
    let end = before.iter().rposition(|tree| is_any(tree, ";"));
    let statement = &before[end.map_or(0, |end| end + 1)..];
    let Some(start) = statement.iter().rposition(is_start) else {
        return named(statement.last());
    };
    let is_mut = |tree: &&TokenTree| is_word(tree, "mut");
    match statement[start + 1..].iter().find(|tree| !is_mut(tree)) {
        Some(TokenTree::Group(pattern)) => {
            let parts: Vec<TokenTree> = pattern.stream().into_iter().collect();
            let part = parts.split(|tree| is_any(tree, ",")).nth(which);
            named(part.and_then(|part| part.iter().find(|tree| !is_mut(tree))))
        }
        tree => named(tree),
    }
}

fn named(tree: Option<&TokenTree>) -> Found {
    match tree {
        Some(TokenTree::Ident(name)) => Found::Name(name.to_string()),
        _ => Found::Nothing,
    }
}

fn is_word(tree: &TokenTree, word: &str) -> bool {
    matches!(tree, TokenTree::Ident(ident) if ident == word)
}

fn is_any(tree: &TokenTree, chars: &str) -> bool {
    matches!(tree, TokenTree::Punct(punct) if chars.contains(punct.as_char()))
}

/// Whether an operator goes on after it.
fn is_joint(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint)
}

/// Whether the colon at `i` is the first of two.
fn joins(trees: &[TokenTree], i: usize) -> bool {
    trees.get(i + 1).is_some_and(|next| is_any(next, ":"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the first lock or channel of `text` is called.
    fn called(text: &str) -> Option<String> {
        let column = ["Mutex::", "mpsc::"].iter().find_map(|made| text.find(made)).unwrap();
        name(&text.parse().unwrap(), LineColumn { line: 1, column })
    }

    #[test]
    fn it_is_called_after_the_variable_or_field_that_it_is_made_for() {
        for (text, expected) in [
            ("let count = Mutex::new(0);", "count"),
            ("let mut count: Mutex<u32> = Mutex::new(0);", "count"),
            ("let count = Arc::new(Mutex::new(0));", "count"),
            ("let count = std::sync::Arc::new(Mutex::<u32>::new(0));", "count"),
            ("fn new() -> Self { Server { port: 80, state: Arc::new(Mutex::new(0)) } }", "state"),
            ("let (tx, mut rx) = mpsc::channel(1);", "tx"),
            ("let (mut tx, rx) = mpsc::channel(1);", "tx"),
            ("let (lock, rest) = (Mutex::new(0), 1);", "lock"),
            ("let (rest, mut lock) = (1, Arc::new(Mutex::new(0)));", "lock"),
            ("let [rest, lock] = [other, Mutex::new(0)];", "lock"),
            ("let pair = (x, Mutex::new(0));", "pair"),
            ("fn f() { self.lock = Some(Mutex::new(0)); }", "lock"),
            ("static LOCK: LazyLock<Mutex<u32>> = LazyLock::new(|| Mutex::new(0));", "LOCK"),
            ("let locks: Vec<_> = (0..3).map(|_| Arc::new(Mutex::new(0))).collect();", "locks"),
            ("let locks = vec![Mutex::new(0)];", "locks"),
            ("let pair = [x, Mutex::new(0)];", "pair"),
            ("fn f() { let x = 1; locks.push(Mutex::new(0)); }", "locks"),
            ("let task = spawn(async { let lock = Mutex::new(0); });", "lock"),
            ("tokio::join!(async { let lock = Mutex::new(0); });", "lock"),
        ] {
            assert_eq!(called(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn where_nothing_is_made_for_it_it_has_no_name() {
        for text in [
            "work(Mutex::new(0));",
            "let sum = work(Mutex::new(0));",
            "let task = spawn(work(Arc::new(Mutex::new(0))));",
            "fn f() { let x = 1; Mutex::new(0).lock(); }",
            "fn f() { if a == Mutex::new(0) { } }",
            "let _ = Mutex::new(0);",
            "let sum = { Mutex::new(0); 1 };",
            "let (one, (two, three)) = (1, (2, Mutex::new(0)));",
        ] {
            assert_eq!(called(text), None, "{text}");
        }
    }
}
