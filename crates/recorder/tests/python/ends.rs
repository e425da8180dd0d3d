//! How a script ends, and what is said about it.

use recorder::Ending;

use crate::support::each;

#[test]
fn an_exception_says_the_file_and_the_line() {
    each(|python| {
        let recorded = python.record("print('before')\nraise ValueError('no')\n");
        assert_eq!(recorded.ending, Ending::Exit(1));
        assert_eq!(recorded.prints(), ["0 before"]);
        assert!(
            recorded.stderr.contains("script.py\", line 2, in <module>"),
            "{}",
            recorded.stderr
        );
        assert!(recorded.stderr.ends_with("ValueError: no\n"), "{}", recorded.stderr);
        assert!(!recorded.stderr.contains("context_switch"), "{}", recorded.stderr);
    });
}

#[test]
fn a_syntax_error_says_the_line_and_nothing_is_recorded() {
    each(|python| {
        let recorded = python.record("print('before')\ndef main():\n    await foo()\n");
        assert_eq!(recorded.ending, Ending::Exit(1));
        assert!(recorded.recording.events.is_empty());
        assert!(recorded.stderr.contains("script.py\", line 3"), "{}", recorded.stderr);
        assert!(recorded.stderr.contains("SyntaxError"), "{}", recorded.stderr);
    });
}

#[test]
fn waiting_for_what_never_comes_is_a_deadlock() {
    each(|python| {
        let recorded = python.record(
            "import asyncio\nasync def main():\n    await asyncio.get_running_loop().create_future()\n\
             asyncio.run(main())\n",
        );
        assert_eq!(recorded.ending, Ending::Stuck);
        assert_eq!(recorded.waits().len(), 1);
    });
}
