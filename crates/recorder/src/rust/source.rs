//! Names and lines, read off the program's text: nothing in a future says
//! what the program calls it.

use proc_macro2::{Delimiter, LineColumn, Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Expr, ImplItemFn, ItemFn, Signature};

use super::compile::Other;
use super::made;
use super::raw::Kind;
use recording::event::Line;

/// A program's text, parsed.
pub(super) struct Source {
    tokens: TokenStream,
    /// How the compiler's name for the file ends.
    file: String,
    /// Every function's name, whether it is async, and its line.
    functions: Vec<(String, bool, Line)>,
    /// Other files of the program, of which only the names of tasks are shown.
    others: Vec<Source>,
}

/// What is known of a task from where it was spawned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spawned {
    /// What a reader would call it.
    pub name: String,
    /// Where its code begins.
    pub first: Option<Line>,
}

impl Source {
    /// Parses `text`; of a text that is no Rust, nothing is known.
    pub fn of(text: &str, file: &str) -> Self {
        // The tokens, not the tree alone: most of what is asked for can stand
        // within a macro's arguments.
        let tokens: TokenStream = text.parse().unwrap_or_default();
        let mut functions = Functions(Vec::new());
        if let Ok(file) = syn::parse_file(text) {
            functions.visit_file(&file);
        }
        Source { tokens, file: file.to_owned(), functions: functions.0, others: Vec::new() }
    }

    /// With other files of the same program.
    pub fn with(mut self, others: &[Other]) -> Self {
        self.others.extend(others.iter().map(|other| Source::of(&other.text, &other.file)));
        self
    }

    /// Whether that is the compiler's name for the file.
    pub fn is(&self, file: &str) -> bool {
        file.ends_with(&self.file)
    }

    /// The line of `fn main`.
    pub fn main(&self) -> Option<Line> {
        self.function("main", false).or_else(|| self.function("main", true))
    }

    /// The task spawned by the call in `file` at `line` and `col`, both from 1,
    /// in characters: of a path its beginning, of a method its name.
    pub fn spawned(&self, kind: Kind, file: &str, line: usize, col: usize) -> Spawned {
        if !self.is(file) {
            let other = self.others.iter().find(|other| other.is(file));
            let name = match other {
                Some(other) => other.spawned(kind, file, line, col).name,
                None => library(file).unwrap_or("task").to_owned(),
            };
            return Spawned { name, first: None };
        }
        let at = LineColumn { line, column: col.saturating_sub(1) };
        let found = call_at(&self.tokens, at, kind);
        if let Some((argument, bound)) = found {
            let argument = syn::parse2::<Expr>(argument);
            if let Ok(expr) = &argument
                && let Some(name) = called(expr)
            {
                let first = self.function(&name, true);
                return Spawned { first: first.or_else(|| Some(line_of(expr.span()))), name };
            }
            let awaited = argument.as_ref().ok().and_then(only_awaited);
            // A block that does nothing but sleep is not called `sleep`.
            let awaited = awaited.filter(|name| self.functions.iter().any(|f| f.0 == *name));
            let first = argument.as_ref().ok().map(|expr| line_of(expr.span()));
            if let Some(name) = bound.or(awaited) {
                return Spawned { name, first };
            }
            if kind == Kind::Task {
                return Spawned { name: format!("line {line}"), first };
            }
        }
        match kind {
            Kind::Root => {
                let first = self.function("main", true).or_else(|| self.main());
                Spawned { name: "main".to_owned(), first }
            }
            Kind::Task => Spawned { name: format!("line {line}"), first: None },
        }
    }

    /// What the program calls what is made by the call in `file` at `line` and
    /// `col`, both from 1, in characters.
    pub fn made(&self, file: &str, line: usize, col: usize) -> Option<String> {
        if !self.is(file) {
            return self.others.iter().find(|other| other.is(file))?.made(file, line, col);
        }
        made::name(&self.tokens, LineColumn { line, column: col.saturating_sub(1) })
    }

    /// The line of the only function of that name; several are none.
    fn function(&self, name: &str, is_async: bool) -> Option<Line> {
        let mut found =
            self.functions.iter().filter(|(n, a, _)| n == name && *a == is_async).map(|f| f.2);
        let line = found.next()?;
        found.next().is_none().then_some(line)
    }
}

/// The crate that a file of the registry belongs to:
/// `axum` of `…/registry/src/index…/axum-0.8.9/src/serve/mod.rs`.
fn library(file: &str) -> Option<&str> {
    let (_, path) = file.split_once("/registry/src/")?;
    let (name, _version) = path.split('/').nth(1)?.rsplit_once('-')?;
    Some(name)
}

fn line_of(span: Span) -> Line {
    Line::try_from(span.start().line).unwrap_or(Line::MAX)
}

/// The first argument of the call at `at`, and the variable that its result
/// is bound to.
fn call_at(
    tokens: &TokenStream,
    at: LineColumn,
    kind: Kind,
) -> Option<(TokenStream, Option<String>)> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    if let Some(start) = trees.iter().position(|tree| tree.span().start() == at)
        && let Some(call) = arguments(&trees[start..], kind)
    {
        return Some((call, bound_to(&trees[..start])));
    }
    trees.iter().find_map(|tree| match tree {
        TokenTree::Group(group) => {
            let span = group.span();
            let within = span.start() <= at && at < span.end();
            within.then(|| call_at(&group.stream(), at, kind)).flatten()
        }
        _ => None,
    })
}

/// The first argument of the call that `trees` begin with.
fn arguments(trees: &[TokenTree], kind: Kind) -> Option<TokenStream> {
    let mut blocks_on = false;
    for tree in trees {
        match tree {
            TokenTree::Ident(name) => blocks_on |= name == "block_on",
            TokenTree::Punct(punct) if ":<>.,".contains(punct.as_char()) => {}
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                // `#[tokio::main]` writes its `block_on` where the program has
                // something else.
                let is_call = kind == Kind::Task || blocks_on;
                return is_call.then(|| first_argument(group.stream()));
            }
            _ => return None,
        }
    }
    None
}

fn first_argument(arguments: TokenStream) -> TokenStream {
    let is_comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(p) if p.as_char() == ',');
    // A comma within a closure's `|a, b|` would cut it short; no task is one.
    arguments.into_iter().take_while(|tree| !is_comma(tree)).collect()
}

/// `x` where `before` ends with `let x =` and perhaps a receiver, `rt.`.
fn bound_to(before: &[TokenTree]) -> Option<String> {
    let is = |tree: &TokenTree, c| matches!(tree, TokenTree::Punct(p) if p.as_char() == c);
    let equals = before.iter().rposition(|tree| is(tree, '='))?;
    let receiver = &before[equals + 1..];
    let plain = |tree: &TokenTree| {
        matches!(tree, TokenTree::Ident(_)) || is(tree, '.') || is(tree, ':') || is(tree, '&')
    };
    if !receiver.iter().all(plain) {
        return None;
    }
    let start = before[..equals]
        .iter()
        .rposition(|tree| matches!(tree, TokenTree::Ident(word) if word == "let"))?;
    let mut pattern = before[start + 1..equals].iter();
    let mut next = pattern.next()?;
    if matches!(next, TokenTree::Ident(word) if word == "mut") {
        next = pattern.next()?;
    }
    let TokenTree::Ident(name) = next else { return None };
    // Whatever follows is the type, or it is no simple variable.
    if pattern.next().is_some_and(|tree| !is(tree, ':')) {
        return None;
    }
    let name = name.to_string();
    let name = name.trim_start_matches('_');
    (!name.is_empty()).then(|| name.to_owned())
}

/// What the expression for a future calls it.
fn called(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Call(call) => {
            let Expr::Path(path) = &*call.func else { return None };
            let name = path.path.segments.last()?.ident.to_string();
            match (name.as_str(), call.args.first()) {
                ("pin" | "timeout", Some(inner)) if call.args.len() == 1 => called(inner),
                _ => Some(name),
            }
        }
        Expr::MethodCall(call) => match call.method.to_string().as_str() {
            "boxed" | "boxed_local" | "fuse" | "map" | "then" | "shared" => called(&call.receiver),
            name => Some(name.to_owned()),
        },
        Expr::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
        Expr::Paren(inner) => called(&inner.expr),
        Expr::Group(inner) => called(&inner.expr),
        _ => None,
    }
}

/// The function that an async block awaits, if that is all it awaits.
fn only_awaited(expr: &Expr) -> Option<String> {
    struct Awaits<'a>(Vec<&'a Expr>);
    impl<'a> Visit<'a> for Awaits<'a> {
        fn visit_expr_await(&mut self, expr: &'a syn::ExprAwait) {
            self.0.push(&expr.base);
            syn::visit::visit_expr_await(self, expr);
        }
    }
    let mut awaits = Awaits(Vec::new());
    awaits.visit_expr(expr);
    match awaits.0[..] {
        [Expr::Call(call)] => called(&Expr::Call(call.clone())),
        _ => None,
    }
}

struct Functions(Vec<(String, bool, Line)>);

impl Functions {
    fn add(&mut self, signature: &Signature) {
        let is_async = signature.asyncness.is_some();
        self.0.push((signature.ident.to_string(), is_async, line_of(signature.span())));
    }
}

impl<'a> Visit<'a> for Functions {
    fn visit_item_fn(&mut self, item: &'a ItemFn) {
        self.add(&item.sig);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'a ImplItemFn) {
        self.add(&item.sig);
        syn::visit::visit_impl_item_fn(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The task that is spawned at the first `spawn` of `text`.
    fn spawned(text: &str) -> Spawned {
        let (line, col) = text
            .lines()
            .enumerate()
            .find_map(|(i, line)| Some((i + 1, line.find("tokio::spawn")? + 1)))
            .unwrap();
        Source::of(text, "main.rs").spawned(Kind::Task, "src/main.rs", line, col)
    }

    #[test]
    fn a_task_is_called_what_the_program_calls_it() {
        for (call, name) in [
            ("tokio::spawn(foo());", "foo"),
            ("tokio::spawn(jobs::foo(1, 2));", "foo"),
            ("tokio::spawn(server.run());", "run"),
            ("tokio::spawn(Box::pin(foo()));", "foo"),
            ("tokio::spawn(future);", "future"),
            ("let task = tokio::spawn(foo());", "foo"),
            ("let task = tokio::spawn(async { 1 });", "task"),
            ("let mut task: JoinHandle<()> = tokio::spawn(async move {});", "task"),
            ("let _second = tokio::spawn(async {});", "second"),
            ("let _ = tokio::spawn(async {});", "line 2"),
            ("tokio::spawn(async move { foo(1).await }); async fn foo(i: i32) {}", "foo"),
            ("tokio::spawn(async move { sleep(1).await });", "line 2"),
            ("tokio::spawn(async move { foo(1).await; bar().await });", "line 2"),
            ("let all = (0..3).map(|i| tokio::spawn(async move { i }));", "line 2"),
            ("let all = vec![tokio::spawn(foo()), tokio::spawn(bar())];", "foo"),
            ("tokio::join!(tokio::spawn(foo()));", "foo"),
        ] {
            assert_eq!(spawned(&format!("fn main() {{\n{call}\n}}")).name, name, "{call}");
        }
    }

    #[test]
    fn a_task_of_another_file_is_called_what_that_file_calls_it() {
        let other =
            Other { text: "tokio::spawn(foo());".to_owned(), file: "src/serve.rs".to_owned() };
        let source = Source::of("fn main() {}", "src/main.rs").with(&[other]);
        let name = |file| source.spawned(Kind::Task, file, 1, 1).name;
        assert_eq!(name("src/serve.rs"), "foo");
        assert_eq!(
            name("/home/me/.cargo/registry/src/index-1/tower-http-0.6.1/src/a.rs"),
            "tower-http"
        );
        assert_eq!(name("/elsewhere/a.rs"), "task");
    }

    #[test]
    fn a_task_begins_where_its_function_does() {
        let text = "async fn main() {\n tokio::spawn(foo());\n}\n\nasync fn foo() {}\n";
        assert_eq!(spawned(text).first, Some(5));
    }

    #[test]
    fn a_task_of_a_block_begins_with_the_block() {
        let text = "fn main() {\n let a = tokio::spawn(\n  async {}\n);\n}";
        assert_eq!(spawned(text).first, Some(3));
    }

    #[test]
    fn the_root_of_a_main_macro_is_main() {
        let text = "#[tokio::main]\nasync fn main() {\n    println!(\"x\");\n}";
        let root = Source::of(text, "main.rs").spawned(Kind::Root, "main.rs", 3, 18);
        assert_eq!(root, Spawned { name: "main".to_owned(), first: Some(2) });
    }

    #[test]
    fn a_root_by_hand_is_called_after_what_is_blocked_on() {
        let text = "fn main() {\n rt.block_on(serve());\n}\nasync fn serve() {}";
        let root = Source::of(text, "main.rs").spawned(Kind::Root, "main.rs", 2, 5);
        assert_eq!(root, Spawned { name: "serve".to_owned(), first: Some(4) });
    }
}
