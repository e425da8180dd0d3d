//! Every method that reads or writes. The test runs it on tokio itself, too.

use std::fmt::Write as _;
use std::io::IoSlice;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, duplex};

/// Another task's, though of a type that is not known here.
async fn echo<R, W>(mut from: R, mut to: W) -> std::io::Result<u64>
where
    R: AsyncReadExt + Unpin + Send + 'static,
    W: AsyncWriteExt + Unpin + Send + 'static,
{
    let copy = tokio::spawn(async move {
        let mut all = Vec::new();
        let n = from.read_to_end(&mut all).await?;
        to.write_all(&all).await?;
        to.shutdown().await?;
        Ok(n as u64)
    });
    copy.await.unwrap()
}

macro_rules! numbers {
    ($here:ident $there:ident $($write:ident $read:ident $n:expr;)*) => {$(
        $here.$write($n).await.unwrap();
        assert_eq!($there.$read().await.unwrap(), $n, stringify!($read));
    )*};
}

/// What they come to.
pub async fn results() -> String {
    let mut told = String::new();
    let (mut here, mut there) = duplex(7);
    numbers! { here there
        write_u8 read_u8 200; write_i8 read_i8 -3; write_u16 read_u16 0x1234;
        write_i16 read_i16 -300; write_u32 read_u32 0x1234_5678; write_i32 read_i32 -70_000;
        write_f32 read_f32 1.5;
        write_u16_le read_u16_le 0x1234; write_i16_le read_i16_le -300;
        write_u32_le read_u32_le 0x1234_5678; write_i32_le read_i32_le -70_000;
        write_f32_le read_f32_le 1.5;
    }
    let (mut here, mut there) = duplex(64);
    numbers! { here there
        write_u64 read_u64 0x1234_5678_9abc; write_i64 read_i64 -7_000_000_000;
        write_u128 read_u128 1 << 100; write_i128 read_i128 -(1 << 100);
        write_f64 read_f64 2.25;
        write_u64_le read_u64_le 0x1234_5678_9abc; write_i64_le read_i64_le -7_000_000_000;
        write_u128_le read_u128_le 1 << 100; write_i128_le read_i128_le -(1 << 100);
        write_f64_le read_f64_le 2.25;
    }
    here.write_u16(0x0102).await.unwrap();
    writeln!(told, "{} {}", there.read_u8().await.unwrap(), there.read_u8().await.unwrap())
        .unwrap();

    let parts = [IoSlice::new(b"one "), IoSlice::new(b"two ")];
    let n = here.write_vectored(&parts).await.unwrap() + here.write(b"three").await.unwrap();
    here.write_buf(&mut &b" four"[..]).await.unwrap();
    here.write_all_buf(&mut &b" five\n"[..]).await.unwrap();
    here.flush().await.unwrap();
    let mut head = [0; 4];
    there.read_exact(&mut head).await.unwrap();
    let (mut some, mut more) = (vec![0; 4], Vec::with_capacity(64));
    let m = there.read(&mut some).await.unwrap() + there.read_buf(&mut more).await.unwrap();
    write!(told, "{n} {m} {}{}", String::from_utf8_lossy(&some), String::from_utf8_lossy(&more))
        .unwrap();

    here.write_all(b"a line\nuntil;and the rest\nbad \xff\n").await.unwrap();
    here.shutdown().await.unwrap();
    drop(here);
    let mut there = BufReader::new(there);
    let (mut line, mut until) = ("> ".to_owned(), b"> ".to_vec());
    let read = there.read_line(&mut line).await.unwrap();
    there.read_until(b';', &mut until).await.unwrap();
    writeln!(told, "{read} {line:?} {:?}", String::from_utf8_lossy(&until)).unwrap();
    let n = there.fill_buf().await.unwrap().iter().position(|c| *c == b' ').unwrap();
    AsyncBufReadExt::consume(&mut there, n + 1);
    writeln!(told, "{:?}", there.read_line(&mut line).await).unwrap();
    writeln!(told, "{:?}", there.read_line(&mut line).await.map_err(|error| error.kind())).unwrap();
    writeln!(told, "{line:?}").unwrap();
    writeln!(told, "{:?}", there.read_exact(&mut head).await.map_err(|error| error.to_string()))
        .unwrap();
    writeln!(told, "{:?}", there.read_u16().await.map_err(|error| error.to_string())).unwrap();

    let mut text = "so: ".to_owned();
    let mut chain = (&b"chained "[..]).chain(&b"and taken off"[..]).take(17);
    let n = chain.read_to_string(&mut text).await;
    writeln!(told, "{n:?} {text:?}").unwrap();
    let bad = (&b"\xff"[..]).read_to_string(&mut text).await;
    writeln!(told, "{:?} {text:?}", bad.map_err(|error| error.kind())).unwrap();
    let (mut lines, mut parts) =
        ((&b"a\nb"[..]).lines(), AsyncBufReadExt::split(&b"c;d"[..], b';'));
    writeln!(told, "{:?} {:?}", lines.next_line().await, parts.next_segment().await).unwrap();
    let (from, mut to) = duplex(64);
    let (back, mut last) = duplex(64);
    let echoes = tokio::spawn(echo(from, back));
    to.write_all(b"echo").await.unwrap();
    drop(to);
    let mut text = String::new();
    last.read_to_string(&mut text).await.unwrap();
    writeln!(told, "{text} {:?}", echoes.await.unwrap()).unwrap();
    told
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    print!("{}", results().await);
}
