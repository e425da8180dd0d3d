//! The sockets that the process has open, and whether somebody outside it can
//! write to them.
//!
//! A connection has two ends. Where both belong to this process, all that comes
//! over it comes from a task or thread that is known. Where the other end does
//! not, nobody here knows when something comes.

use std::ffi::c_int;
use std::mem::{self, MaybeUninit};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use libc::{sockaddr, sockaddr_storage, socklen_t};

/// Tells one of a socket's addresses: getsockname(2) or getpeername(2).
type Name = unsafe extern "C" fn(c_int, *mut sockaddr, *mut socklen_t) -> c_int;

/// States of TCP (the kernel's `include/net/tcp_states.h`) in which the other
/// end can still send: established, and closed by this end alone.
const OPEN: [u8; 3] = [1, 4, 5];

/// Whether a socket is connected to one that is not in this process.
pub(crate) fn have_a_peer_outside() -> bool {
    let sockets = all();
    let own: Vec<SocketAddr> = sockets.iter().filter_map(|fd| own_address(*fd)).collect();
    let mut open = sockets.iter().filter(|fd| {
        is_of_packets(**fd) || tcp_state(**fd).is_some_and(|state| OPEN.contains(&state))
    });
    open.any(|fd| peer_address(*fd).is_some_and(|peer| !is_among(&own, peer)))
}

/// Whether a socket is open that anybody may connect to or send to.
pub(crate) fn are_open_to_others() -> bool {
    all().into_iter().any(|fd| {
        number(fd, libc::SO_ACCEPTCONN) == Some(1)
            || is_of_packets(fd)
                && peer_address(fd).is_none()
                && own_address(fd).is_some_and(|own| own.port() != 0)
    })
}

/// Whether a socket of this process has the `address`.
pub(crate) fn have(address: SocketAddr) -> bool {
    let own: Vec<SocketAddr> = all().into_iter().filter_map(own_address).collect();
    is_among(&own, address)
}

/// Whether `own` has the `address`; the unspecified one stands for all of the
/// machine's.
fn is_among(own: &[SocketAddr], address: SocketAddr) -> bool {
    own.iter().any(|own| {
        let ips = [own.ip(), address.ip()];
        own.port() == address.port()
            && (ips[0] == ips[1] || ips.iter().any(|ip| ip.is_unspecified()))
    })
}

/// Every socket of the process.
fn all() -> Vec<c_int> {
    let files = std::fs::read_dir("/proc/self/fd").into_iter().flatten();
    files
        .filter_map(|file| file.ok()?.file_name().to_str()?.parse().ok())
        .filter(|fd| number(*fd, libc::SO_TYPE).is_some())
        .collect()
}

/// What tells every stream of the process, a socket or a pipe, from all others.
pub(crate) fn streams() -> Vec<u64> {
    let files = std::fs::read_dir("/proc/self/fd").into_iter().flatten();
    let targets = files.filter_map(|file| std::fs::read_link(file.ok()?.path()).ok());
    let number = |target: std::path::PathBuf| {
        // socket:[12345]
        let (kind, number) = target.to_str()?.strip_suffix(']')?.split_once(":[")?;
        ["socket", "pipe"].contains(&kind).then(|| number.parse().ok()).flatten()
    };
    let mut found: Vec<u64> = targets.filter_map(number).collect();
    found.sort_unstable();
    found
}

/// An option of a socket; none when `fd` has no such option.
///
/// # Safety
///
/// A `T` is what the option is, or its first bytes, and can be all zeros.
pub(crate) unsafe fn option<T>(fd: c_int, level: c_int, name: c_int) -> Option<T> {
    let mut value = MaybeUninit::<T>::zeroed();
    let mut bytes = size_of::<T>() as socklen_t;
    let to = value.as_mut_ptr().cast();
    // SAFETY: `value` has room for so many bytes, and is a `T` whatever they are.
    unsafe {
        let found = libc::getsockopt(fd, level, name, to, &raw mut bytes) == 0;
        found.then(|| value.assume_init())
    }
}

/// An option of every socket, `SO_…`, that is a number.
fn number(fd: c_int, name: c_int) -> Option<c_int> {
    // SAFETY: any bytes are a number.
    unsafe { option(fd, libc::SOL_SOCKET, name) }
}

fn tcp_state(fd: c_int) -> Option<u8> {
    // SAFETY: the first byte of TCP_INFO is the state.
    unsafe { option(fd, libc::IPPROTO_TCP, libc::TCP_INFO) }
}

fn is_of_packets(fd: c_int) -> bool {
    number(fd, libc::SO_TYPE) == Some(libc::SOCK_DGRAM)
}

fn own_address(fd: c_int) -> Option<SocketAddr> {
    address(fd, libc::getsockname)
}

fn peer_address(fd: c_int) -> Option<SocketAddr> {
    address(fd, libc::getpeername)
}

/// The internet address that `name` tells of `fd`.
fn address(fd: c_int, name: Name) -> Option<SocketAddr> {
    // SAFETY: an address of zeros is valid, and there is room for every family.
    unsafe {
        let mut address: sockaddr_storage = mem::zeroed();
        let mut bytes = mem::size_of::<sockaddr_storage>() as socklen_t;
        let address = (&raw mut address).cast();
        (name(fd, address, &raw mut bytes) == 0).then(|| internet(address)).flatten()
    }
}

/// An internet address as Rust has it, one of IPv4 in the clothes of IPv6 as
/// one of IPv4; none of another family.
///
/// # Safety
///
/// `address` is null or valid for its family.
pub(crate) unsafe fn internet(address: *const sockaddr) -> Option<SocketAddr> {
    // SAFETY: the caller's promise.
    match c_int::from(unsafe { address.as_ref() }?.sa_family) {
        libc::AF_INET => {
            // SAFETY: the family says so.
            let address = unsafe { &*address.cast::<libc::sockaddr_in>() };
            let ip = Ipv4Addr::from(u32::from_be(address.sin_addr.s_addr));
            Some(SocketAddr::new(ip.into(), u16::from_be(address.sin_port)))
        }
        libc::AF_INET6 => {
            // SAFETY: the family says so.
            let address = unsafe { &*address.cast::<libc::sockaddr_in6>() };
            let ip = Ipv6Addr::from(address.sin6_addr.s6_addr).to_canonical();
            Some(SocketAddr::new(ip, u16::from_be(address.sin6_port)))
        }
        _ => None,
    }
}
