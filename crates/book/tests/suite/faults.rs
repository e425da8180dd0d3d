//! What must not harm the book: a process that is killed, a disk that is full,
//! two that write at once, many readers.
//!
//! Each is killed twenty times; `CONTEXT_SWITCH_KILLS=300` makes it more, see
//! `.ci/stress`.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use pages::regions;
use pages::store::Stored;

use crate::support::book::Book;
use crate::support::reader::{Reader, command as reader_command};

/// How many pages and programs the book of these tests has.
const PAGES: usize = 6;

/// How often each command is killed.
fn kills() -> usize {
    let kills = std::env::var("CONTEXT_SWITCH_KILLS").ok();
    kills.map_or(20, |kills| kills.parse().expect("CONTEXT_SWITCH_KILLS is a number"))
}

/// Numbers that look random, the same in every run.
struct Chance(u64);

impl Chance {
    /// A time below `longest`.
    fn moment(&mut self, longest: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        longest.mul_f64((self.0 % 1000) as f64 / 1000.0)
    }
}

/// A book whose pages show a Python program each. All say which version it is.
fn book() -> Book {
    let book = Book::new();
    book.write("README.md", "# A book\n");
    fs::remove_dir_all(book.path("examples/v0")).unwrap();
    let mut summary = "# Summary\n\n".to_owned();
    for n in 0..PAGES {
        summary += &format!("- [Page {n}](p{n}.md)\n");
    }
    book.write("src/SUMMARY.md", &summary);
    version(&book, 0);
    for n in 0..PAGES {
        book.write(&format!("src/p{n}.md"), &page(n));
    }
    book
}

fn page(n: usize) -> String {
    format!(
        "# Page {n}\n\n<!-- recorded: p{n} python-listing -->\n\n<!-- /recorded -->\n\n\
         <!-- recorded: p{n} python-output -->\n\n<!-- /recorded -->\n\nThe end of page {n}.\n"
    )
}

/// Another version of all programs.
fn version(book: &Book, version: usize) {
    for n in 0..PAGES {
        let program = format!(
            "# ANCHOR: listing\nprint('program {n}, version {version}')\n# ANCHOR_END: listing\n"
        );
        book.write(&format!("examples/p{n}/main.py"), &program);
    }
}

/// The command line, which finds the book's own tools first.
fn command(book: &Book) -> Command {
    let path = std::env::var_os("PATH").unwrap();
    let all = [book.path("tools")].into_iter().chain(std::env::split_paths(&path));
    let mut command = reader_command(&book.path(""));
    command.env("PATH", std::env::join_paths(all).unwrap());
    command
}

fn run(book: &Book, arguments: &[&str]) -> Output {
    command(book).args(arguments).output().unwrap()
}

#[track_caller]
fn succeed(book: &Book, arguments: &[&str]) {
    let output = run(book, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Starts the command and kills it at that moment, with no chance to clean up.
/// How long it took, if it came to its end before.
fn kill(book: &Book, arguments: &[&str], moment: Duration) -> Option<Duration> {
    // Its temporary files go with the book.
    let temporary = book.path("target/tmp");
    fs::create_dir_all(&temporary).unwrap();
    let mut child = command(book)
        .args(arguments)
        .env("TMPDIR", temporary)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while began.elapsed() < moment {
        if child.try_wait().unwrap().is_some() {
            return Some(began.elapsed());
        }
        thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap().success().then(|| began.elapsed())
}

/// How long a command takes when nobody kills it.
fn takes(book: &Book, arguments: &[&str]) -> Duration {
    let began = Instant::now();
    succeed(book, arguments);
    began.elapsed()
}

/// Says how often it took to kill a command so often.
fn tell(command: &str, rounds: usize, began: Instant) {
    let (killed, took) = (kills(), began.elapsed().as_secs_f64());
    eprintln!("{command}: {killed} of {rounds} were killed before their end, in {took:.1} s");
}

/// The names in a folder that only an unfinished write has.
fn leftovers(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    names.filter(|name| name.starts_with('.') && name.contains("context-switch")).collect()
}

fn has_python() -> bool {
    let Some(why) = book::runs::without_python() else { return true };
    eprintln!("skipped: {why}");
    false
}

#[test]
fn killed_while_it_records_it_leaves_whole_files() {
    if !has_python() {
        return;
    }
    let book = book();
    let mut longest = takes(&book, &["record"]);
    let (mut chance, mut killed, mut round, began) = (Chance(7), 0, 0, Instant::now());
    while killed < kills() {
        round += 1;
        version(&book, round);
        match kill(&book, &["record"], chance.moment(longest)) {
            None => killed += 1,
            Some(took) => longest = took,
        }
        for n in 0..PAGES {
            let page = fs::read_to_string(book.path(&format!("src/p{n}.md"))).unwrap();
            assert_eq!(regions::parse(&page).1, [], "round {round}");
            assert!(page.ends_with(&format!("The end of page {n}.\n")), "round {round}: {page}");
            let js = book.path(&format!("src/recordings/p{n}.python.js"));
            Stored::from_js(&fs::read_to_string(js).unwrap()).unwrap();
        }
    }
    tell("record", round, began);
    succeed(&book, &["record"]);
    succeed(&book, &["record", "--check"]);
    for folder in ["src", "src/recordings"] {
        assert_eq!(leftovers(&book.path(folder)), [""; 0]);
    }
    let page = fs::read_to_string(book.path("src/p0.md")).unwrap();
    assert!(page.contains(&format!("version {round}")), "{page}");
}

/// Asserts that all pages of a site are there and of one version.
#[track_caller]
fn whole(site: &Path, files: usize) {
    let mut versions = BTreeSet::new();
    for n in 0..PAGES {
        let page = fs::read_to_string(site.join(format!("p{n}.html"))).unwrap();
        assert!(page.trim_end().ends_with("</html>"));
        let (_, rest) = page.split_once("Version ").expect("a version");
        versions.insert(rest.split('.').next().unwrap().to_owned());
    }
    assert_eq!(versions.len(), 1, "pages of several versions: {versions:?}");
    assert_eq!(fs::read_dir(site).unwrap().count(), files);
}

/// Kills a command that makes a site in `out/site`, again and again.
fn a_site_survives(book: &Book, arguments: &[&str], next: impl Fn(usize)) {
    next(0);
    let mut longest = takes(book, arguments);
    let site = book.path("out/site");
    let files = fs::read_dir(&site).unwrap().count();
    let (mut chance, mut killed, mut round, began) = (Chance(11), 0, 0, Instant::now());
    while killed < kills() {
        round += 1;
        next(round);
        match kill(book, arguments, chance.moment(longest)) {
            None => killed += 1,
            Some(took) => longest = took,
        }
        whole(&site, files);
    }
    tell(arguments[0], round, began);
    succeed(book, arguments);
    whole(&site, files);
    let page = fs::read_to_string(site.join("p0.html")).unwrap();
    assert!(page.contains(&format!("Version {round}.")));
    assert_eq!(leftovers(&book.path("out")), [""; 0]);
}

fn pages_of(book: &Book, version: usize) {
    for n in 0..PAGES {
        book.write(&format!("src/p{n}.md"), &format!("# Page {n}\n\nVersion {version}.\n"));
    }
}

#[test]
fn killed_while_it_builds_it_leaves_a_whole_site() {
    let book = book();
    a_site_survives(&book, &["build", "--dest-dir", "out/site"], |round| pages_of(&book, round));
}

#[test]
fn killed_while_it_publishes_it_leaves_a_whole_site() {
    let book = book();
    fs::remove_dir_all(book.path("examples")).unwrap();
    fs::create_dir(book.path("examples")).unwrap();
    book.write(".gitignore", "/target\n/out\n.context-switch-*\n");
    // The checks are what other tests are about.
    for tool in
        ["bash", "biome", "cargo", "cargo-deny", "epubcheck", "node", "shellcheck", "tsc", "typos"]
    {
        let path = format!("tools/{tool}");
        book.write(&path, "#!/bin/sh\nprintf 'running 1 test\\ntest it ... ok\\n\\n'\necho 'test result: ok. 1 passed; 0 failed; 0 ignored'\n");
        fs::set_permissions(book.path(&path), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let git = |arguments: &[&str]| {
        let who =
            ["-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"];
        let status =
            Command::new("git").args(who).args(arguments).current_dir(book.path("")).status();
        assert!(status.unwrap().success());
    };
    git(&["init", "--quiet"]);
    a_site_survives(&book, &["publish", "out/site"], |round| {
        pages_of(&book, round);
        git(&["add", "--all"]);
        git(&["commit", "--quiet", "--message", "another version"]);
    });
}

#[test]
fn two_that_record_at_once_leave_what_one_leaves() {
    if !has_python() {
        return;
    }
    let book = book();
    for round in 1..4 {
        version(&book, round);
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| succeed(&book, &["record"]));
            }
        });
        succeed(&book, &["record", "--check"]);
    }
    assert_eq!(leftovers(&book.path("src")), [""; 0]);
}

/// Runs a script of the shell where `$1` is a small file system of its own.
#[cfg(target_os = "linux")]
fn on_a_small_disk(book: &Book, script: &str) {
    let disk = book.path("disk");
    fs::create_dir(&disk).unwrap();
    let script = format!("set -e; mount -t tmpfs -o size=64m none \"$1\"; {script}");
    // A user who is not root is one in a name space of its own.
    let user = if rustix::process::geteuid().is_root() { "-m" } else { "-rm" };
    let output = Command::new("unshare")
        .args([user, "sh", "-c", &script, "sh"])
        .arg(&disk)
        .arg(env!("CARGO_BIN_EXE_book"))
        .current_dir(book.path(""))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("unshare: ") || said.contains("mount: ") {
        assert!(
            !recorder::everything_required(),
            "a small disk is required: {said}be root, or let users have name spaces: \
             `sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0` on Ubuntu"
        );
        eprintln!("skipped: {said}");
        return;
    }
    assert!(output.status.success(), "{}{said}", String::from_utf8_lossy(&output.stdout));
    eprint!("{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_nothing_is_lost_and_the_error_says_so() {
    if !has_python() {
        return;
    }
    let book = book();
    succeed(&book, &["record"]);
    version(&book, 1);
    on_a_small_disk(
        &book,
        r#"
        cp -r book.toml README.md src theme examples "$1"; cd "$1"
        "$2" build --dest-dir site
        cp -r site before
        cp -r src sources
        head -c 100m /dev/zero > full 2>/dev/null || true
        for command in "record" "build --dest-dir site"; do
            if "$2" $command 2> /tmp/said.$$; then echo "$command: no error"; exit 1; fi
            grep -i "no space left" /tmp/said.$$ || { cat /tmp/said.$$; exit 1; }
            diff -r site before
            diff -r src sources
        done
        rm full /tmp/said.$$
        rm -r before sources
        "$2" record
        "$2" record --check
        "$2" build --dest-dir site
        grep "version 1" site/p0.html
        "#,
    );
}

/// The bytes of memory that a process has, and its open files.
#[cfg(target_os = "linux")]
fn size(reader: &Reader) -> (usize, usize) {
    let process = format!("/proc/{}", reader.id());
    let status = fs::read_to_string(format!("{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let kilobytes: usize = line.trim().trim_end_matches(" kB").parse().unwrap();
    (kilobytes * 1024, fs::read_dir(format!("{process}/fd")).unwrap().count())
}

/// Lets this process have as many open files as it may, for a thousand readers.
#[cfg(target_os = "linux")]
fn many_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn a_thousand_readers_at_once_and_ten_thousand_in_a_row_are_all_answered() {
    let book = Book::new();
    let reader = Reader::start(&book.path(""));
    many_files();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let ask = async |connection: &mut tokio::net::TcpStream, more: &str| {
        use tokio::io::AsyncWriteExt;
        let host = reader.host();
        let request = format!("GET /one.html HTTP/1.1\r\nHost: {host}\r\n{more}\r\n");
        connection.write_all(request.as_bytes()).await.unwrap();
    };
    let at_once = || {
        runtime.block_on(async {
            use tokio::io::AsyncReadExt;
            let mut connections = Vec::new();
            for _ in 0..1000 {
                let mut connection = tokio::net::TcpStream::connect(reader.host()).await.unwrap();
                ask(&mut connection, "Connection: close\r\n").await;
                connections.push(connection);
            }
            for mut connection in connections {
                let mut answer = String::new();
                connection.read_to_string(&mut answer).await.unwrap();
                assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("The first page."));
            }
        });
    };
    let in_a_row = |count: usize| {
        let mut connection = std::net::TcpStream::connect(reader.host()).unwrap();
        connection.set_nodelay(true).unwrap();
        let host = reader.host();
        for _ in 0..count {
            use std::io::Write;
            write!(connection, "GET /one.html HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
            let (mut answer, mut buffer) = (Vec::new(), [0; 16 * 1024]);
            loop {
                let read = connection.read(&mut buffer).unwrap();
                assert!(read > 0, "the connection was closed");
                answer.extend_from_slice(&buffer[..read]);
                let text = String::from_utf8_lossy(&answer);
                let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
                assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
                let length = head.to_lowercase();
                let length = length.split("content-length: ").nth(1).expect("a length");
                let length: usize = length.lines().next().unwrap().parse().unwrap();
                if body.len() >= length {
                    break;
                }
            }
        }
    };
    at_once();
    in_a_row(1000);
    let (memory, files) = size(&reader);
    at_once();
    in_a_row(10_000);
    let (memory_then, files_then) = size(&reader);
    assert!(files_then <= files + 4, "open files: {files}, then {files_then}");
    let grown = memory_then.saturating_sub(memory);
    assert!(grown < 16 << 20, "memory: {memory} bytes, then {grown} more");
    assert!(!reader.log().contains("error"), "{}", reader.log());
}

#[test]
fn a_recording_of_a_newer_format_is_refused_with_what_to_do() {
    if !has_python() {
        return;
    }
    let book = book();
    succeed(&book, &["record"]);
    let path = "src/recordings/p0.python.js";
    let js = fs::read_to_string(book.path(path)).unwrap();
    let newer = js.replace("\"format\":2", "\"format\":999");
    assert_ne!(newer, js);
    book.write(path, &newer);
    let output = run(&book, &["record"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("format 999"), "{said}");
    assert!(said.contains(path) && said.contains("update"), "{said}");
    assert_eq!(fs::read_to_string(book.path(path)).unwrap(), newer, "it was overwritten");
}

/// Where a command is tried again and again under faults: `tmp` is all there is
/// for temporary files, and `try NAME COMMAND…` counts. A command that says that
/// all went well has done all of it; one that does not says why and has changed
/// nothing; neither leaves anything behind.
#[cfg(target_os = "linux")]
const TRIES: &str = r#"
    cp -r book.toml README.md src theme examples "$1"; cd "$1"; book=$2
    mkdir tmp "ta r ü"; mount -t tmpfs -o size=2m none tmp
    export TMPDIR="$1/tmp"
    printf 'import asyncio\nasync def main():\n    for n in range(300):\n        print(n)\n        await asyncio.sleep(1)\nasyncio.run(main())\n' > counts.py
    cp counts.py "ta r ü/zähl t.py"
    TMPDIR=/tmp "$book" trace counts.py --format jsonl | tail -n +2 > whole
    test "$(wc -l < whole)" -gt 300
    cp -r src before
    tried=0; failed=0
    lost() { echo "LOST: $1: $2" >&2; cat said >&2; exit 1; }
    left_behind() {
        find tmp -mindepth 1 ! -name full | grep -q . && lost "$1" "something is left: $(find tmp)"
        return 0
    }
    trace() {
        tried=$((tried + 1))
        if "$book" trace "${2:-counts.py}" --format jsonl > shown 2> said; then
            tail -n +2 shown | cmp -s - whole || lost "$1" "half a recording is shown"
        else
            failed=$((failed + 1))
            grep -q 'error: ' said || lost "$1" "no reason is given"
            test -s shown && lost "$1" "something is shown all the same"
        fi
        left_behind "$1"
    }
    record() {
        tried=$((tried + 1))
        sed -i "s/version [0-9]*/version $tried/" examples/p*/main.py
        if "$book" record > /dev/null 2> said; then
            grep -q "version $tried'" src/p5.md || lost "$1" "nothing was recorded"
            rm -r before; cp -r src before
        else
            failed=$((failed + 1))
            grep -q 'error: ' said || lost "$1" "no reason is given"
            diff -r src before >&2 || lost "$1" "the book is not as it was"
        fi
        left_behind "$1"
    }
    for kb in $(seq 0 STEP 512); do
        rm -f tmp/full; head -c "$((2048 - kb))k" /dev/zero > tmp/full 2> /dev/null || true
        trace "$kb kB left"
        record "$kb kB left"
    done
    test "$failed" -gt 2 || lost "full" "only $failed failed"
    rm tmp/full
    for fault in TMPDIR=/no/such/folder TMPDIR=/proc CONTEXT_SWITCH_PYTHON=/bin/false; do
        before=$failed
        export "$fault"; trace "$fault"; record "$fault"
        test "$failed" = "$((before + 2))" || lost "$fault" "it went well"
        unset CONTEXT_SWITCH_PYTHON; TMPDIR="$1/tmp"
    done
    before=$failed
    home=$HOME; unset HOME; trace "no HOME"; record "no HOME"; HOME=$home
    trace "spaces and other letters" "ta r ü/zähl t.py"
    trace "no stdin" <&-
    umask 000; trace "everybody may write"; umask 022
    tried=$((tried + 1))
    "$book" trace counts.py --format jsonl 2> /dev/full > shown
    tail -n +2 shown | cmp - whole
    tried=$((tried + 1))
    if "$book" trace counts.py --format jsonl > /dev/full 2> said; then lost "stdout" "no error"; fi
    left_behind "the rest"
    test "$failed" = "$before" || lost "the rest" "it failed"
    echo "$tried tried, $failed refused with a reason, none lost" >&2
"#;

#[cfg(target_os = "linux")]
#[test]
fn under_faults_a_command_does_all_or_nothing_and_says_so() {
    if !has_python() {
        return;
    }
    let book = book();
    succeed(&book, &["record"]);
    // A step finer with the same variable that has more killed.
    let step = if kills() > 20 { "4" } else { "64" };
    on_a_small_disk(&book, &TRIES.replace("STEP", step));
}

/// The table of commands and faults, and what is to come of each, is in
/// `faults/tries.py`. It takes minutes, so it is for `.ci/stress`, which sets the
/// variable that has more killed.
#[cfg(target_os = "linux")]
#[test]
fn under_every_fault_a_command_does_all_or_nothing_and_says_so() {
    if kills() <= 20 || !has_python() {
        return;
    }
    let book = book();
    succeed(&book, &["record"]);
    book.write("tries.py", include_str!("faults/tries.py"));
    on_a_small_disk(&book, r#"python3 -B tries.py "$1" "$2" "$PWD" many"#);
}
