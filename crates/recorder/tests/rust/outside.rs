//! What comes from outside the tasks: sockets, files, signals, processes.

use std::io::Write;
use std::net::{TcpListener, UdpSocket};
use std::time::Duration;

use recorder::program::Program;
use recorder::rust::compile;
use recording::event::{Class, Clock};
use recording::session::Ending;

use crate::patience::given_time;
use crate::support::{assert_told, prints, program, run, run_to, story, tell};

#[test]
fn io_says_what_it_waits_for() {
    assert_told(
        &story("io"),
        &[
            "main waits for room output (10)",
            "read_lines wakes main",
            "read_lines prints one",
            "read_lines waits for io data (45)",
            "main waits for io connecting (17)",
            "echo waits for io connection (51)",
            "io wakes echo",
            "main waits for io data (20)",
            "io wakes main",
            "main prints hello",
            "receive waits for io packet (60)",
            "main waits for io file (32)",
            "main waits for io input (34)",
            "main prints input \"\"",
            "main waits for 1 s | io ctrl_c (36)",
            "main prints not interrupted",
        ],
    );
}

#[test]
fn io_within_the_process_is_exact() {
    let (header, first) = run(program("io"));
    assert_eq!(header.class, Class::Exact);
    for _ in 0..10 {
        assert_eq!(run(program("io")).1, first);
    }
}

#[test]
fn a_program_that_starts_another_runs_on_the_real_clock() {
    let (header, events) = run(program("starts_a_process"));
    assert_eq!((header.class, header.clock), (Class::Seen, Clock::Real));
    assert_eq!(header.notes, ["recorded on the machine's clock: it starts another process"]);
    assert_told(&tell(&events), &["main waits for io process (7)", "io wakes main"]);
    assert!(prints(&events)[1].ends_with(r#"main: it said "hi\n""#));
}

#[test]
fn a_child_that_is_split_off_is_not_recorded() {
    let (header, events) = run(program("forks"));
    assert_eq!((header.class, header.clock), (Class::Seen, Clock::Real));
    let told = tell(&events);
    assert_told(&told, &["main prints before", "main prints after", "main ready"]);
    assert!(!told.iter().any(|line| line.contains("child") || line.contains("exits")), "{told:?}");
}

#[test]
fn there_is_nothing_to_read() {
    let (header, events) = run(program("reads_stdin"));
    assert_eq!(header.class, Class::Exact);
    assert_eq!(prints(&events), ["0 main: read 0"; 3]);
}

#[test]
fn where_the_order_depends_on_computing_the_clock_is_real() {
    let (header, events) = run(program("computes_on_threads"));
    assert_eq!((header.class, header.clock), (Class::Order, Clock::Real));
    assert_eq!(header.notes, ["recorded on the machine's clock: it computes on several threads"]);
    let told = tell(&events);
    assert_told(&told, &["blocking thread prints short 4", "blocking thread prints long 78498"]);

    let (header, events) = run(program("computes"));
    assert_eq!((header.class, header.clock), (Class::Order, Clock::Real));
    assert_eq!(header.notes, ["recorded on the machine's clock: it computes while a timer runs"]);
    assert_told(&tell(&events), &["wait prints waited as long as main computed: true"]);
}

#[test]
fn what_waits_for_a_client_or_a_signal_is_not_stuck() {
    for (name, waits) in [
        ("serves", "main waits for io connection (8)"),
        ("waits_for_ctrl_c", "main waits for io ctrl_c (4)"),
    ] {
        // It is run again once it is known that it waits for what comes from outside.
        let run = |timeout| run_to(program(name), timeout);
        let (ending, header, events) = given_time(run, |(_, header, events)| {
            header.clock == Clock::Real && tell(events).iter().any(|told| told == waits)
        });
        assert_eq!(ending, Ending::TimedOut, "{name}");
        assert_eq!((header.class, header.clock), (Class::Seen, Clock::Real), "{name}");
        let why = "recorded on the machine's clock: it waits for what comes from outside";
        assert_eq!(header.notes, [why], "{name}");
        assert_told(&tell(&events), &[waits]);
    }
}

#[test]
fn what_has_had_connections_within_the_process_can_be_stuck() {
    let (ending, header, events) =
        run_to(program("stuck_after_a_connection"), Duration::from_secs(60));
    assert_eq!((ending, header.class), (Ending::Stuck, Class::Exact));
    assert_told(&tell(&events), &["main waits for notification (23)"]);
}

/// Records the `body` of a `main`, with `PORT` in it as the `port`.
fn talks_to(port: u16, body: &str) -> (Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talks.rs");
    let text = format!(
        "use tokio::{{io::AsyncReadExt, net::*, time::*}};\n\
         #[tokio::main(flavor = \"current_thread\")]\n\
         async fn main() {{ {} }}\n",
        body.replace("PORT", &port.to_string()),
    );
    std::fs::write(&path, text).unwrap();
    let compiled = compile(&[Program::at(&path).unwrap()]).unwrap().remove(0);
    let (header, events) = run(&compiled);
    (header.notes, tell(&events))
}

#[test]
fn no_timer_overtakes_another_process() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        loop {
            let (mut client, _) = listener.accept().unwrap();
            std::thread::sleep(Duration::from_millis(100));
            // The one on virtual time is gone.
            let _ = client.write_all(b"late");
        }
    });
    let (notes, told) = talks_to(
        port,
        r#"let mut server = TcpStream::connect("127.0.0.1:PORT").await.unwrap();
           let mut text = String::new();
           let all = timeout(Duration::from_secs(50), server.read_to_string(&mut text)).await;
           println!("{text} {}", all.is_ok());"#,
    );
    assert_eq!(notes, ["recorded on the machine's clock: it is connected to another process"]);
    assert_told(&told, &["main prints late true"]);

    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let port = socket.local_addr().unwrap().port();
    std::thread::spawn(move || {
        loop {
            let (_, client) = socket.recv_from(&mut []).unwrap();
            std::thread::sleep(Duration::from_millis(100));
            socket.send_to(b"late", client).unwrap();
        }
    });
    let (notes, told) = talks_to(
        port,
        r#"let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
           socket.send_to(b"packet", "127.0.0.1:PORT").await.unwrap();
           let answer = timeout(Duration::from_secs(50), socket.recv(&mut [0; 9])).await;
           println!("{}", answer.unwrap().unwrap());"#,
    );
    assert_eq!(notes, ["recorded on the machine's clock: it sends to another process"]);
    assert_told(&told, &["main prints 4"]);
}

#[test]
fn a_thread_that_reads_lets_the_others_go_on() {
    let (header, events) = run(program("reads_on_threads"));
    assert_eq!((header.class, header.clock), (Class::Exact, Clock::Virtual));
    assert_eq!(
        prints(&events),
        ["100000 main: hi", "400000 main: WouldBlock", "450000 -: through a pipe"]
    );
}
