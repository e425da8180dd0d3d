//! What is at the other end of a socket: the script itself, on virtual time, or
//! somebody else, on the machine's clock.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::Duration;

use recording::event::Class;
use recording::session::Ending;

use crate::support::{each, prints_by_itself, script};

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
