//! What a file of the program says of its tasks.

use std::ops::RangeInclusive;

use proc_macro2::{Delimiter, LineColumn, Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Expr, ImplItemFn, ItemFn, Signature, TraitItemFn};

use super::super::made;
use super::super::raw::Kind;
use recording::event::Line;

/// What is known of a task from where it was spawned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spawned {
    /// What a reader would call it.
    pub name: String,
    /// Where its code begins.
    pub first: Option<Line>,
}

/// The text of a file, parsed.
pub(super) struct Text {
    tokens: TokenStream,
    functions: Vec<Function>,
    /// The lines of each `let _ =` of a permit or a guard.
    discards: Vec<RangeInclusive<usize>>,
    /// The file, if it is not the program's main one.
    file: Option<String>,
}

/// A function of a file.
struct Function {
    name: String,
    is_async: bool,
    parameters: Vec<String>,
    /// The lines from its head to its end.
    lines: RangeInclusive<usize>,
}

impl Text {
    /// Parses `text`; of a text that is no Rust, nothing is known.
    pub fn of(text: &str, file: Option<&str>) -> Self {
        // The tokens, not the tree alone: most of what is asked for can stand
        // within a macro's arguments.
        let tokens: TokenStream = text.parse().unwrap_or_default();
        let (mut functions, mut discards) = (Functions(Vec::new()), Discards(Vec::new()));
        if let Ok(file) = syn::parse_file(text) {
            functions.visit_file(&file);
            discards.visit_file(&file);
        }
        let file = file.map(str::to_owned);
        Text { tokens, functions: functions.0, discards: discards.0, file }
    }

    /// The line of `fn main`.
    pub fn main(&self) -> Option<Line> {
        self.function("main", false).or_else(|| self.function("main", true))
    }

    /// The task spawned by the call at `line` and `col`, both from 1, in
    /// characters: of a path its beginning, of a method its name. Whoever spawns what
    /// it is given, as an executor does, calls all of them the same: there they are
    /// called after the function `of` that made them, where that is known.
    pub fn spawned(&self, kind: Kind, line: usize, col: usize, of: Option<&str>) -> Spawned {
        let at = LineColumn { line, column: col.saturating_sub(1) };
        if let Some((argument, bound)) = call_at(&self.tokens, at, kind) {
            let argument = syn::parse2::<Expr>(argument);
            if let Some(of) = of
                && argument.as_ref().is_ok_and(|expr| self.is_given(expr, line))
            {
                return Spawned { name: of.to_owned(), first: self.function(of, true) };
            }
            if let Ok(expr) = &argument
                && let Some(name) = called(expr)
            {
                let first = self.function(&name, true);
                return Spawned { first: first.or_else(|| Some(self.line_of(expr.span()))), name };
            }
            let awaited = argument.as_ref().ok().and_then(only_awaited);
            // A block that does nothing but sleep is not called `sleep`.
            let awaited = awaited.filter(|name| self.functions.iter().any(|f| f.name == *name));
            let first = argument.as_ref().ok().map(|expr| self.line_of(expr.span()));
            if let Some(name) = bound.or(awaited) {
                return Spawned { name, first };
            }
            if kind == Kind::Task {
                return Spawned { name: self.block(line), first };
            }
        }
        match (kind, self.around(line)) {
            // `#[tokio::test]` and its like: a function that is a task's.
            (Kind::Root, Some(function)) if function.is_async && function.name != "main" => {
                let first = Some(self.line(*function.lines.start()));
                Spawned { name: function.name.clone(), first }
            }
            (Kind::Root, _) => {
                let first = self.function("main", true).or_else(|| self.main());
                Spawned { name: "main".to_owned(), first }
            }
            (Kind::Task, _) => Spawned { name: self.block(line), first: None },
        }
    }

    /// A block without a name that is spawned at `line`: `serve:12` after the
    /// function `serve` around it, `line 12` in `main`, `worker.rs:12` elsewhere.
    fn block(&self, line: usize) -> String {
        match self.around(line).filter(|function| function.name != "main") {
            Some(function) => format!("{}:{line}", function.name),
            None => self.line(line).words(),
        }
    }

    /// Whether an expression at `line` is what the function there was given.
    fn is_given(&self, expr: &Expr, line: usize) -> bool {
        let Expr::Path(path) = expr else { return false };
        let given = self.around(line).map_or(&[][..], |function| &function.parameters);
        given.iter().any(|parameter| path.path.is_ident(parameter))
    }

    /// The innermost function that `line` is in.
    fn around(&self, line: usize) -> Option<&Function> {
        let around = self.functions.iter().filter(|function| function.lines.contains(&line));
        around.min_by_key(|function| function.lines.end() - function.lines.start())
    }

    /// What the program calls what is made by the call at `line` and `col`, both
    /// from 1, in characters.
    pub fn made(&self, line: usize, col: usize) -> Option<String> {
        made::name(&self.tokens, LineColumn { line, column: col.saturating_sub(1) })
    }

    /// Whether what is taken at this line is dropped in the same statement.
    pub fn discards(&self, line: u32) -> bool {
        self.discards.iter().any(|lines| lines.contains(&(line as usize)))
    }

    /// The line of the only function of that name; several are none.
    fn function(&self, name: &str, is_async: bool) -> Option<Line> {
        let mut found = self.functions.iter().filter(|f| f.name == name && f.is_async == is_async);
        let line = *found.next()?.lines.start();
        found.next().is_none().then(|| self.line(line))
    }

    fn line(&self, number: usize) -> Line {
        match &self.file {
            Some(file) => Line::numbered(number).within(file),
            None => Line::numbered(number),
        }
    }

    fn line_of(&self, span: Span) -> Line {
        self.line(span.start().line)
    }
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

struct Functions(Vec<Function>);

/// Methods that give a permit or a guard.
const TAKES: [&str; 14] = [
    "acquire",
    "acquire_many",
    "acquire_owned",
    "acquire_many_owned",
    "try_acquire",
    "try_acquire_many",
    "try_acquire_owned",
    "try_acquire_many_owned",
    "lock",
    "lock_owned",
    "read",
    "read_owned",
    "write",
    "write_owned",
];

struct Discards(Vec<RangeInclusive<usize>>);

impl<'a> Visit<'a> for Discards {
    fn visit_local(&mut self, local: &'a syn::Local) {
        if let (syn::Pat::Wild(_), Some(init)) = (&local.pat, &local.init)
            && takes(&init.expr)
        {
            let span = local.span();
            self.0.push(span.start().line..=span.end().line);
        }
        syn::visit::visit_local(self, local);
    }
}

/// Whether an expression is the permit or the guard itself, not what is done with it.
fn takes(expr: &Expr) -> bool {
    match expr {
        Expr::Await(inner) => takes(&inner.base),
        Expr::Try(inner) => takes(&inner.expr),
        Expr::Paren(inner) => takes(&inner.expr),
        Expr::MethodCall(call) if ["unwrap", "expect", "ok"].iter().any(|m| call.method == m) => {
            takes(&call.receiver)
        }
        Expr::MethodCall(call) => TAKES.iter().any(|takes| call.method == takes),
        _ => false,
    }
}

impl Functions {
    fn add(&mut self, signature: &Signature, whole: Span) {
        let is_async = signature.asyncness.is_some();
        let lines = signature.span().start().line..=whole.end().line;
        let parameters = signature.inputs.iter().filter_map(parameter).collect();
        self.0.push(Function { name: signature.ident.to_string(), is_async, parameters, lines });
    }
}

/// What a function calls what it is given, where that is one name.
fn parameter(input: &syn::FnArg) -> Option<String> {
    let syn::FnArg::Typed(typed) = input else { return None };
    let syn::Pat::Ident(name) = &*typed.pat else { return None };
    Some(name.ident.to_string())
}

impl<'a> Visit<'a> for Functions {
    fn visit_item_fn(&mut self, item: &'a ItemFn) {
        self.add(&item.sig, item.span());
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'a ImplItemFn) {
        self.add(&item.sig, item.span());
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'a TraitItemFn) {
        self.add(&item.sig, item.span());
        syn::visit::visit_trait_item_fn(self, item);
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
        Text::of(text, None).spawned(Kind::Task, line, col, None)
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
    fn a_task_begins_where_its_function_does() {
        let text = "async fn main() {\n tokio::spawn(foo());\n}\n\nasync fn foo() {}\n";
        assert_eq!(spawned(text).first, Some(Line::from(5)));
    }

    #[test]
    fn a_task_of_a_block_begins_with_the_block() {
        let text = "fn main() {\n let a = tokio::spawn(\n  async {}\n);\n}";
        assert_eq!(spawned(text).first, Some(Line::from(3)));
    }

    #[test]
    fn the_root_of_a_main_macro_is_main() {
        let text = "#[tokio::main]\nasync fn main() {\n    println!(\"x\");\n}";
        let root = Text::of(text, None).spawned(Kind::Root, 3, 18, None);
        assert_eq!(root, Spawned { name: "main".to_owned(), first: Some(Line::from(2)) });
    }

    #[test]
    fn a_root_by_hand_is_called_after_what_is_blocked_on() {
        let text = "fn main() {\n rt.block_on(serve());\n}\nasync fn serve() {}";
        let root = Text::of(text, None).spawned(Kind::Root, 2, 5, None);
        assert_eq!(root, Spawned { name: "serve".to_owned(), first: Some(Line::from(4)) });
    }

    #[test]
    fn a_block_is_called_after_the_function_that_it_stands_in() {
        let text = "async fn serve() {\n tokio::spawn(async { 1 });\n}\nasync fn main() {}\n";
        assert_eq!(spawned(text).name, "serve:2");
        let outside = "fn main() {}\nmacro!(tokio::spawn(async { 1 }));\n";
        let other = Text::of(outside, Some("src/worker.rs"));
        let task = other.spawned(Kind::Task, 2, 8, None);
        assert_eq!(task.name, "worker.rs:2");
        assert_eq!(task.first.unwrap().words(), "worker.rs:2");
    }

    #[test]
    fn what_an_executor_is_given_is_called_after_the_function_that_made_it() {
        let text =
            "fn execute(&self, future: F) {\n tokio::spawn(future);\n}\nasync fn serve() {}\n";
        let spawned = |of| Text::of(text, None).spawned(Kind::Task, 2, 2, of);
        assert_eq!(
            spawned(Some("serve")),
            Spawned { name: "serve".to_owned(), first: Some(4.into()) }
        );
        assert_eq!(spawned(Some("conn_task")).name, "conn_task");
        assert_eq!(spawned(None).name, "future");
        let own = "fn main() {\n let job = serve();\n tokio::spawn(job);\n}\n";
        assert_eq!(Text::of(own, None).spawned(Kind::Task, 3, 2, Some("serve")).name, "job");
    }

    #[test]
    fn the_root_of_a_test_is_called_as_the_test() {
        let text = "#[tokio::test]\nasync fn one() {\n  a();\n}\n\n#[tokio::test]\nasync fn two() {\n  b();\n}";
        for (line, name, first) in [(3, "one", 2), (8, "two", 7)] {
            let root = Text::of(text, None).spawned(Kind::Root, line, 7, None);
            assert_eq!(root, Spawned { name: name.to_owned(), first: Some(first.into()) });
        }
    }
}
