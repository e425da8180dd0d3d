//! Running programs from a page, attacked.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::support::book::Book;
use crate::support::reader::Reader;
use crate::support::wait_until;
use crate::support::workshop::{Request, record, run, token};

/// A book with one example, whose twin is `source`, and its reader.
fn book_with(source: &str) -> (Book, Reader) {
    let book = Book::new();
    book.write("examples/v0/main.py", source);
    let reader = Reader::start(&book.path(""));
    (book, reader)
}

/// Whether this machine has Python; without it the test is over.
fn python() -> bool {
    let there =
        Command::new("python3").arg("--version").output().is_ok_and(|out| out.status.success());
    assert!(there || !recorder::everything_required(), "python3 is required");
    if !there {
        eprintln!("skipped: no python3 on this machine");
    }
    there
}

/// How many processes have `word` in their command line.
fn running(word: &str) -> usize {
    let processes = std::fs::read_dir("/proc").expect("/proc").flatten();
    let lines = processes.filter_map(|process| std::fs::read(process.path().join("cmdline")).ok());
    lines.filter(|line| String::from_utf8_lossy(line).contains(word)).count()
}

#[test]
fn a_page_of_the_book_may_run_programs_and_nobody_else() {
    if !python() {
        return;
    }
    let (_book, reader) = book_with("print('it ran')\n");
    let own = run(&reader, "v0").send();
    assert_eq!(own.status(), 200, "{}", own.0);
    assert!(own.0.contains("it ran") && own.0.contains("(end)"), "{}", own.0);

    let elsewhere = format!("http://127.0.0.1:{}", 1);
    for (name, value) in [
        ("Origin", None),
        ("Origin", Some("http://evil.example")),
        ("Origin", Some("null")),
        ("Origin", Some(elsewhere.as_str())),
        ("Host", Some("evil.example")),
        ("Host", Some("127.0.0.1")),
        ("X-Context-Switch-Token", None),
        ("X-Context-Switch-Token", Some("00000000000000000000000000000000")),
        ("Sec-Fetch-Site", Some("cross-site")),
    ] {
        for request in [run(&reader, "v0"), record(&reader, "python", "print('it ran')\n")] {
            let answer = request.header(name, value).send();
            assert_eq!(answer.status(), 403, "{name}: {value:?}\n{}", answer.0);
            assert!(!answer.0.contains("it ran"), "{}", answer.0);
        }
    }
    // What a form of another site can send without asking first.
    let form = run(&reader, "v0").header("Content-Type", Some("text/plain")).send();
    assert_eq!(form.status(), 415, "{}", form.0);
    assert_eq!(reader.ask("/-/run", "").status(), 403);
}

#[test]
#[cfg(target_os = "linux")]
fn another_user_of_this_machine_may_not_whatever_they_send() {
    use std::os::unix::process::CommandExt;
    const PYTHON: &str = "/usr/bin/python3";
    if !python() {
        return;
    }
    // Only root can become somebody else to try, who needs a Python of their own.
    let root = rustix::process::geteuid().is_root();
    let elsewhere = || {
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", "-u", "nobody", "--", PYTHON]);
        sudo
    };
    let other =
        |mut ask: Command| ask.arg("--version").output().is_ok_and(|out| out.status.success());
    if !other(if root { Command::new(PYTHON) } else { elsewhere() }) {
        let needs = "this test has to be another user: be root, or let `sudo -n -u nobody` run \
                     without a password, with a /usr/bin/python3 (`apt install python3`)";
        assert!(!recorder::everything_required(), "{needs}");
        eprintln!("skipped: {needs}");
        return;
    }
    let (_book, reader) = book_with("print('it ran')\n");
    let ask = "import json, sys, urllib.request\nhost, token = sys.argv[1:]\nbody = json.dumps({'program': 'v0', 'language': 'python'}).encode()\nheaders = {'Origin': 'http://' + host, 'Content-Type': 'application/json', 'X-Context-Switch-Token': token}\ntry:\n    print(urllib.request.urlopen(urllib.request.Request('http://' + host + '/-/run', body, headers)).read())\nexcept urllib.error.HTTPError as error:\n    print(error.code, error.read())\n";
    let asked = |mut command: Command| {
        command.args(["-c", ask, reader.host(), &token(&reader)]).current_dir("/");
        String::from_utf8_lossy(&command.output().expect("python3 runs").stdout).into_owned()
    };
    let plain = || {
        let mut command = Command::new(PYTHON);
        command.env_clear();
        command
    };
    let own = asked(plain());
    assert!(own.contains("it ran"), "{own}");
    let other = match root {
        true => {
            let mut command = plain();
            command.uid(65534);
            command
        }
        false => elsewhere(),
    };
    let other = asked(other);
    assert!(other.starts_with("403"), "{other}");
}

#[test]
fn a_name_never_becomes_a_path() {
    let (book, reader) = book_with("print('it ran')\n");
    book.write("outside/main.rs", "");
    book.write("outside/main.py", "print('it ran')\n");
    let absolute = book.path("outside");
    for name in [
        "../outside",
        "v0/../v0",
        "./v0",
        "v0/",
        "",
        ".",
        "..",
        "v0\0",
        "--help",
        absolute.to_str().unwrap(),
    ] {
        let answer = run(&reader, name).send();
        assert_eq!(answer.status(), 404, "{name:?}\n{}", answer.0);
        assert!(!answer.0.contains("it ran"), "{}", answer.0);
    }
}

#[test]
fn what_is_no_question_is_refused() {
    let (_book, reader) = book_with("");
    for body in
        ["", "{", "[]", "{\"program\":\"v0\"}", "{\"program\":\"v0\",\"language\":\"perl\"}"]
    {
        let answer = run(&reader, "v0").body(body.to_owned()).send();
        assert!((400..500).contains(&answer.status()), "{body}\n{}", answer.0);
    }
    let large = record(&reader, "python", &"# 10 MB\n".repeat(1_250_000)).send();
    assert_eq!(large.status(), 413, "{}", large.0);
}

#[test]
fn fifty_at_once_are_four_and_leave_nothing_behind() {
    if !python() {
        return;
    }
    let (book, reader) = book_with("print('it runs', flush=True)\nimport time\ntime.sleep(600)\n");
    let mark = book.path("examples").display().to_string();
    let mut streams: Vec<_> = (0..50).map(|_| run(&reader, "v0").open()).collect();
    let mut places = 0;
    for stream in &mut streams {
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let mut head = [0; 12];
        stream.read_exact(&mut head).expect("a status");
        match &head[9..] {
            b"200" => places += 1,
            b"429" => {}
            other => panic!("{}", String::from_utf8_lossy(other)),
        }
    }
    assert_eq!(places, 4);
    wait_until("four programs", || running(&mark) == 4);
    drop(streams);
    wait_until("their end", || running(&mark) == 0);
    // And the places are free again.
    wait_until("a place", || run(&reader, "v0").open().read(&mut [0; 12]).is_ok_and(|n| n > 0));
}

#[test]
fn a_client_that_disconnects_takes_the_program_along() {
    if !python() {
        return;
    }
    // It prints nothing that could fail, and asks nobody to end.
    let source = "import signal, time\nfor s in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):\n    signal.signal(s, signal.SIG_IGN)\nprint('it runs', flush=True)\nwhile True:\n    pass\n";
    let (book, reader) = book_with(source);
    let mark = book.path("examples").display().to_string();
    let mut stream = run(&reader, "v0").open();
    let mut heard = String::new();
    while !heard.contains("it runs") {
        let mut some = [0; 64];
        let n = stream.read(&mut some).expect("an answer");
        assert!(n > 0, "{heard}");
        heard += &String::from_utf8_lossy(&some[..n]);
    }
    assert_eq!(running(&mark), 1);
    drop(stream);
    wait_until("its end", || running(&mark) == 0);
}

#[test]
fn a_client_that_has_sent_more_before_it_left_takes_the_program_along_too() {
    if !python() {
        return;
    }
    let (book, reader) = book_with("print('it runs', flush=True)\nimport time\ntime.sleep(600)\n");
    let mark = book.path("examples").display().to_string();
    let programs: [(Request<'_>, &str); 2] = [
        (run(&reader, "v0"), &mark),
        (
            record(&reader, "python", "import asyncio, time\nwhile True:\n    pass\n"),
            reader.temporary.path().to_str().unwrap(),
        ),
    ];
    for (request, mark) in programs {
        let mut stream = request.open();
        let more = format!("GET /{} HTTP/1.1\r\n", "x".repeat(300_000));
        stream.set_write_timeout(Some(Duration::from_millis(200))).unwrap();
        // The server need not take all of it.
        let _ = stream.write_all(more.as_bytes());
        wait_until("a program", || running(mark) > 0);
        drop(stream);
        wait_until("its end", || running(mark) == 0);
    }
}

#[test]
fn a_header_that_never_ends_is_closed() {
    let book = Book::new();
    let reader = Reader::start(&book.path(""));
    let mut stream = TcpStream::connect(reader.host()).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the server closes the connection");
    assert!(!String::from_utf8_lossy(&answer).contains(" 200 "));
}

#[test]
fn a_changed_program_may_take_so_much_memory_and_write_so_long_a_file() {
    if !python() {
        return;
    }
    let book = Book::new();
    let reader = Reader::start(&book.path(""));
    for (does, error) in [
        ("bytearray(5 << 30)", "MemoryError"),
        ("open('/tmp/never', 'wb').truncate(2 << 30)", "OSError: [Errno 27]"),
    ] {
        let does = does.replace("/tmp", reader.temporary.path().to_str().unwrap());
        let source =
            format!("import asyncio\n\nasync def main():\n    {does}\n\nasyncio.run(main())\n");
        let answer = record(&reader, "python", &source).send();
        assert!(answer.0.contains(error), "{}", answer.0);
    }
}

#[test]
fn a_changed_program_may_print_a_long_line() {
    if !python() {
        return;
    }
    let book = Book::new();
    let reader = Reader::start(&book.path(""));
    for length in [66_000, 1_000_000] {
        let source = format!(
            "import asyncio\n\nasync def main():\n    print('z' * {length})\n\nasyncio.run(main())\n"
        );
        let answer = record(&reader, "python", &source).send();
        assert!(answer.0.contains("{\"recording\":"), "{}", &answer.0[..answer.0.len().min(500)]);
    }
}

#[test]
fn temporary_files_are_private_and_the_next_start_removes_what_was_left() {
    use std::os::unix::fs::PermissionsExt;
    if !python() {
        return;
    }
    let book = Book::new();
    let first = Reader::start(&book.path(""));
    let folder = first.temporary.clone();
    let _job = record(&first, "python", "import asyncio, time\ntime.sleep(600)\n").open();
    let mark = folder.path().display().to_string();
    wait_until("a program", || running(&mark) > 0);
    let names = || {
        let entries = std::fs::read_dir(folder.path()).unwrap().flatten();
        entries.map(|entry| entry.path()).collect::<Vec<_>>()
    };
    let [own] = &names()[..] else { panic!("more than one folder: {:?}", names()) };
    assert_eq!(own.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    drop(first); // kills it
    wait_until("its end", || running(&mark) == 0);
    assert_eq!(names(), std::slice::from_ref(own), "it could not clean up");
    let own = own.clone();
    let again = Reader::start_in(&book.path(""), folder.clone());
    assert!(!own.exists() && names().len() == 1, "{:?}", names());
    let (status, log) = again.end("INT");
    assert!(status.success(), "{log}");
    assert!(names().is_empty());
}

#[test]
fn programs_end_with_the_server() {
    if !python() {
        return;
    }
    let (book, reader) = book_with("import time\ntime.sleep(600)\n");
    let mark = book.path("examples").display().to_string();
    let _stream = run(&reader, "v0").open();
    wait_until("a program", || running(&mark) == 1);
    drop(reader); // kills it: there is no time to clean up
    wait_until("its end", || running(&mark) == 0);

    let reader = Reader::start(&book.path(""));
    let _stream = run(&reader, "v0").open();
    wait_until("a program", || running(&mark) == 1);
    let (status, log) = reader.end("INT");
    assert!(status.success(), "{log}");
    wait_until("its end", || running(&mark) == 0);
}

#[test]
fn a_program_that_floods_is_stopped_with_a_word() {
    if !python() {
        return;
    }
    let (_book, reader) = book_with("while True:\n    print('x' * 1000)\n");
    let answer = run(&reader, "v0").send();
    assert!(answer.0.contains("it printed too much"), "{}", answer.0.len());
    assert!(answer.0.len() < 4_000_000, "{} bytes", answer.0.len());
}

#[test]
fn a_program_that_takes_all_memory_fails_alone() {
    if !python() {
        return;
    }
    let (_book, reader) = book_with("all = []\nwhile True:\n    all.append(bytearray(1 << 28))\n");
    let answer = run(&reader, "v0").send();
    assert!(answer.0.contains("MemoryError"), "{}", answer.0);
    assert_eq!(reader.ask("/one.html", "").status(), 200);
}

#[test]
fn a_changed_program_that_misbehaves_is_stopped_and_leaves_nothing_behind() {
    if !python() {
        return;
    }
    let book = Book::new();
    let reader = Reader::start(&book.path(""));
    // It forks, leaves its group, asks not to be ended, and never yields.
    let source = "import asyncio, os, signal, time\n\nasync def main():\n    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n    if os.fork() == 0:\n        os.setsid()\n        time.sleep(600)\n    while True:\n        pass\n\nasyncio.run(main())\n";
    let answer = record(&reader, "python", source).send();
    assert_eq!(answer.status(), 200, "{}", answer.0);
    let mark = reader.temporary.path().display().to_string();
    wait_until("its end", || running(&mark) == 0);
    assert_eq!(reader.ask("/one.html", "").status(), 200);
}

/// Every file below a folder, with its size.
fn files(folder: &Path) -> BTreeMap<PathBuf, u64> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path, entry.metadata().expect("a file").len());
        }
    }
    found
}

#[test]
fn nothing_is_written_into_the_working_tree() {
    if !python() {
        return;
    }
    let (book, reader) = book_with("import json, wave\nprint('it ran')\n");
    let before = files(&book.path(""));
    assert!(run(&reader, "v0").send().0.contains("it ran"));
    let source =
        "import asyncio\n\nasync def main():\n    print('it ran')\n\nasyncio.run(main())\n";
    let recorded = record(&reader, "python", source).send();
    assert!(recorded.0.contains("it ran"), "{}", recorded.0);
    let broken = record(&reader, "python", "async def main(:\n").send();
    assert!(broken.0.contains("\"line\":1"), "{}", broken.0);
    assert_eq!(files(&book.path("")), before);
}
