//! What is at the other end of a socket: the script itself, on virtual time, or
//! somebody else, on the machine's clock.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::Duration;

use recording::event::Class;
use recording::session::Ending;

use recorder::program::Options;

use crate::support::{Recorded, each, prints_by_itself, script};

const NOTE: &str = "It talks to other processes or machines.";

#[test]
fn an_answer_of_another_process_is_waited_for() {
    each(|python| {
        // To the script this test is another process.
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = thread::spawn(move || {
            let (mut client, _) = listener.accept().unwrap();
            client.read_exact(&mut [0]).unwrap();
            thread::sleep(Duration::from_millis(100));
            client.write_all(b"answer\n").unwrap();
        });
        let recorded = python.record(&format!(
            "import asyncio
async def fetch():
    reader, writer = await asyncio.open_connection('127.0.0.1', {port})
    writer.write(b'?')
    print(await reader.readline())
asyncio.run(asyncio.wait_for(fetch(), 20))
"
        ));
        recorded.assert_real_time(NOTE);
        server.join().unwrap();
        assert_eq!(recorded.stdout(), ["b'answer\\n'"]);
        let answered = recorded.recording.events.last().expect("there is an end").t;
        assert!((100_000..20_000_000).contains(&answered), "{answered}");
    });
}

#[test]
fn a_client_from_outside_is_served_on_the_machines_clock() {
    each(|python| {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("socket");
        let listens = path.clone();
        let client = thread::spawn(move || {
            let mut server = loop {
                match UnixStream::connect(&listens) {
                    Ok(server) => break server,
                    Err(_) => thread::sleep(Duration::from_millis(10)),
                }
            };
            server.write_all(b"question\n").unwrap();
            let mut answer = String::new();
            server.read_to_string(&mut answer).unwrap();
            answer
        });
        let recorded = python.record(&format!(
            "import asyncio
async def serve(reader, writer):
    question = await reader.readline()
    await asyncio.sleep(0.05)
    writer.write(question)
    writer.close()
    served.set()
async def main():
    global served
    served = asyncio.Event()
    await asyncio.start_unix_server(serve, {path:?})
    await served.wait()
asyncio.run(main())
"
        ));
        recorded.assert_real_time(NOTE);
        assert_eq!(client.join().unwrap(), "question\n");
    });
}

#[test]
fn whoever_talks_to_itself_stays_on_virtual_time() {
    each(|python| {
        let recorded = python.record_file(&script("to_itself"));
        assert_eq!(recorded.ending, Ending::Exit(0), "3.{} {}", python.minor, recorded.stderr);
        assert_eq!(recorded.recording.header.class, Class::Exact, "3.{}", python.minor);
        assert!(prints_by_itself(python, &script("to_itself"), &recorded.stdout()));
    });
}

#[test]
fn what_it_sends_to_itself_is_not_delayed_on_the_machines_clock() {
    let script = "import asyncio
async def serve(reader, writer):
    size = 0
    while data := await reader.read(1 << 16):
        size += len(data)
    print(size)
    writer.close()
async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    server.close()
    writer.write(bytes(20_000_000))
    await writer.drain()
    writer.write_eof()
    await reader.read()
asyncio.run(main())
";
    each(|python| {
        let options = Options { real_time: true, ..Options::within(Duration::from_secs(120)) };
        let recorded = python.record_text_with(script, &options);
        assert_eq!(recorded.ending, Ending::Exit(0), "3.{}", python.minor);
        assert_eq!(recorded.stdout(), ["20000000"]);
    });
}

#[test]
fn whoever_listens_and_waits_for_itself_is_stuck_and_whoever_serves_is_not() {
    let script = |waits: &str| {
        format!(
            "import asyncio
async def serve(reader, writer):
    await reader.read()
async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b'x' * 20_000_000)
    print('serves')
    await {waits}
asyncio.run(main())
"
        )
    };
    each(|python| {
        let recorded = python.record(&script("reader.read()"));
        assert_eq!(recorded.ending, Ending::Stuck, "3.{}", python.minor);
        let [note] = &recorded.recording.header.notes[..] else { panic!("one note") };
        assert!(note.starts_with("It listens, and nobody from outside is expected"), "{note}");
        for serves in ["server.serve_forever()", "asyncio.Event().wait()"] {
            let served = |run: &Recorded| run.stdout() == ["serves"];
            let recorded = python.record_for_a_while(&script(serves), served);
            assert_eq!(recorded.ending, Ending::TimedOut, "3.{}: {serves}", python.minor);
        }
    });
}

#[test]
fn whoever_writes_what_the_other_end_does_not_read_is_stuck() {
    let script = "import asyncio
async def serve(reader, writer):
    writer.write(bytes(20_000_000))
    await writer.drain()
async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(bytes(20_000_000))
    await writer.drain()
asyncio.run(main())
";
    each(|python| {
        let recorded = python.record(script);
        assert_eq!(recorded.ending, Ending::Stuck, "3.{}", python.minor);
    });
}
