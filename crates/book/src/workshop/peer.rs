//! Whose process is at the other end of a connection.
//!
//! Everybody on a machine can connect to its loopback device, read a page there
//! and find the token in it. Who may run programs as the reader is the reader;
//! Linux tells in `/proc/net/tcp` whose a connection is.

use std::net::{IpAddr, SocketAddr};

/// Whether the system says that the connection from `peer` to `own` is open and
/// this user's. A process that has closed its end, or is gone, has no user any
/// more by which it could be known.
pub fn is_this_user(peer: SocketAddr, own: SocketAddr) -> bool {
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"].map(std::fs::read_to_string);
    let user = tables.iter().flatten().find_map(|table| owner(table, peer, own));
    user == Some(rustix::process::geteuid().as_raw())
}

/// The user whose open connection from `from` to `to` stands in `table`.
fn owner(table: &str, from: SocketAddr, to: SocketAddr) -> Option<u32> {
    table.lines().skip(1).find_map(|row| {
        let fields: Vec<&str> = row.split_whitespace().collect();
        let (local, remote, state) = (fields.get(1)?, fields.get(2)?, *fields.get(3)?);
        let (user, inode) = (fields.get(7)?, *fields.get(9)?);
        // An orphan has no file any more, and on some systems the user 0.
        let is_open = state == ESTABLISHED && inode != "0";
        (is_open && is(local, from) && is(remote, to)).then(|| user.parse().ok()).flatten()
    })
}

/// The state of a connection of which both ends are open.
const ESTABLISHED: &str = "01";

/// Whether a field like `0100007F:0BB8` is this address. The kernel prints the
/// words of an address as numbers, so on the usual machines their bytes are
/// reversed; an IPv4 address on an IPv6 socket has two more words in front.
fn is(field: &str, address: SocketAddr) -> bool {
    let IpAddr::V4(ip) = address.ip() else { return false };
    let word = format!("{:08X}", u32::from_ne_bytes(ip.octets()));
    let mapped = format!("0000000000000000{:08X}{word}", u32::from_ne_bytes([0, 0, 0xff, 0xff]));
    field.split_once(':').is_some_and(|(ip, port)| {
        (ip == word || ip == mapped) && u16::from_str_radix(port, 16) == Ok(address.port())
    })
}

#[cfg(test)]
mod tests {
    use std::net::{TcpListener, TcpStream};

    use super::*;

    #[test]
    fn a_connection_is_found_with_its_user() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   \
             0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     7        0 1 1 0 100 0 0 10 0\n   \
             1: 0100007F:0BB8 0100007F:C350 01 00000000:00000000 00:00000000 00000000     7        0 2 1 0 20 4 30 10 -1\n   \
             2: 0100007F:C350 0100007F:0BB8 01 00000000:00000000 00:00000000 00000000  1001        0 3 1 0 20 4 30 10 -1\n";
        let (peer, own) = ("127.0.0.1:50000".parse().unwrap(), "127.0.0.1:3000".parse().unwrap());
        assert_eq!(owner(table, peer, own), Some(1001));
        assert_eq!(owner(table, own, peer), Some(7));
        let mapped = table.replace("0100007F:", "0000000000000000FFFF00000100007F:");
        assert_eq!(owner(&mapped, peer, own), Some(1001));
        assert_eq!(owner(table, "127.0.0.2:50000".parse().unwrap(), own), None);
    }

    #[test]
    fn of_a_connection_that_is_closed_nothing_is_known() {
        let row = |state, user, inode| {
            format!(
                "head\n 2: 0100007F:C350 0100007F:0BB8 {state} 0:0 00:0 0 {user} 0 {inode} 1 0 20\n"
            )
        };
        let (peer, own) = ("127.0.0.1:50000".parse().unwrap(), "127.0.0.1:3000".parse().unwrap());
        assert_eq!(owner(&row("01", 0, 3), peer, own), Some(0));
        // Closed by its process, which older kernels show as the user 0's.
        for (state, inode) in [("04", 0), ("05", 0), ("08", 3), ("01", 0), ("06", 0)] {
            assert_eq!(owner(&row(state, 0, inode), peer, own), None, "{state} {inode}");
        }
    }

    #[test]
    fn a_connection_is_this_users_only_as_long_as_it_is_open() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (peer, own) = (stream.local_addr().unwrap(), stream.peer_addr().unwrap());
        assert!(is_this_user(peer, own));
        assert!(!is_this_user(own, peer), "nobody has taken it");
        drop(stream);
        // A process that another test starts just now has a copy until it runs its program.
        for _ in 0..1000 {
            if !is_this_user(peer, own) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("a closed connection is this user's");
    }
}
