//! Reads and writes of several steps that are dropped between two of them.
//!
//! That is often on purpose: who gives up a connection drops its read. It is a
//! loss when the same stream is read, or written, again: then the bytes that the
//! first one had are missing, and nobody knows it. So a stream has to be told
//! from the next one that lies in its place: by its own bytes, which have
//! pointers to what it alone has, as long as no stream has gone meanwhile.

use std::any::type_name;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

use super::current;
use crate::rec::records::raw::emit;
use crate::rec::records::say::Lost;
use crate::rec::records::{stack, switch};
use crate::rec::sys::lock::SpinLock;
use crate::rec::sys::{inside, sockets};

/// Of more that were dropped the oldest are forgotten.
const MOST: usize = 64;

/// A stream of more bytes than that is not told from another.
const LARGEST: usize = 4096;

/// Those that were dropped half done, the oldest first.
static DROPPED: SpinLock<Vec<Dropped>> = SpinLock::new(Vec::new());

/// How many they are.
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// The streams in memory that have gone.
static GONE: AtomicU64 = AtomicU64::new(0);

/// Which way the bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Read,
    Write,
}

/// A read or a write, as far as it is done.
#[derive(Debug)]
pub(crate) struct Half {
    way: Way,
    /// What it is called; empty, if nothing is lost when it is dropped.
    call: &'static str,
    has_begun: bool,
    so_far: usize,
    stands: Option<(Place, u32)>,
}

/// A stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    at: usize,
    /// Of its own bytes.
    hash: u64,
}

#[derive(Clone, Copy, Debug)]
struct Dropped {
    way: Way,
    place: Place,
    /// All streams that there were.
    world: u64,
    task: Option<u32>,
    call: &'static str,
    n: u64,
    stack: u32,
}

/// A stream in memory goes.
pub(crate) fn stream_gone() {
    GONE.fetch_add(1, Relaxed);
}

/// All streams of the process.
fn world() -> u64 {
    let mut hash = Hash::new();
    hash.add(&GONE.load(Relaxed).to_ne_bytes());
    sockets::streams().into_iter().for_each(|inode| hash.add(&inode.to_ne_bytes()));
    hash.0
}

impl Half {
    pub(crate) fn new(way: Way, call: &'static str) -> Self {
        Half { way, call, has_begun: false, so_far: 0, stands: None }
    }

    /// A poll begins.
    pub(crate) fn begins<R: ?Sized>(&mut self, io: &R) {
        if !std::mem::replace(&mut self.has_begun, true) && COUNT.load(Relaxed) > 0 {
            goes_on(self.way, io);
        }
    }

    /// A poll ends, and so many bytes have come or gone; 0 where it is done.
    pub(crate) fn stands<R: ?Sized>(&mut self, io: &R, so_far: usize) {
        self.so_far = so_far;
        if so_far > 0 && !self.call.is_empty() && switch::on() {
            self.stands = Place::of(io).map(|place| (place, stack::here()));
        }
    }
}

impl Drop for Half {
    fn drop(&mut self) {
        if self.so_far == 0 {
            return;
        }
        let Some((place, stack)) = self.stands else { return };
        let Half { way, call, so_far, .. } = *self;
        let (world, task, n) = (world(), current::task(), so_far as u64);
        let mut dropped = DROPPED.lock();
        dropped.retain(|other| (other.way, other.place.at) != (way, place.at));
        if dropped.len() == MOST {
            dropped.remove(0);
        }
        dropped.push(Dropped { way, place, world, task, call, n, stack });
        COUNT.store(dropped.len(), Relaxed);
    }
}

/// A stream is read, or written, once more.
fn goes_on<R: ?Sized>(way: Way, io: &R) {
    let Some(place) = Place::of(io) else { return };
    let mut dropped = DROPPED.lock();
    let same = |other: &Dropped| (other.way, other.place.at) == (way, place.at);
    let Some(found) = dropped.iter().position(same).map(|at| dropped.remove(at)) else { return };
    COUNT.store(dropped.len(), Relaxed);
    drop(dropped);
    if found.place == place && found.world == world() && switch::on() {
        let Dropped { task, call, n, stack: s, .. } = found;
        let what = if way == Way::Read { "read" } else { "written" };
        let (r, of, again) = (None::<u32>, None::<&str>, Some(stack::here()));
        emit(Lost { k: task, what, r, n: Some(n), s, of, call: Some(call), again });
    }
}

impl Place {
    /// Where `io` is; none where it could be told from no other. Of a type of
    /// the program's nobody knows what its bytes say, and a reference says
    /// nothing of what it refers to.
    fn of<R: ?Sized>(io: &R) -> Option<Place> {
        let parts = type_name::<R>().split(['<', '>', ',', ' ']).filter(|part| !part.is_empty());
        let is_known = |part: &str| part.starts_with("tokio::") || part.starts_with("rec_tokio::");
        let size = size_of_val(io);
        if size > LARGEST || !parts.into_iter().all(is_known) {
            return None;
        }
        let at = std::ptr::from_ref(io).cast::<u8>().expose_provenance();
        let mut hash = Hash::new();
        hash.add(&memory(at, size)?);
        Some(Place { at, hash: hash.0 })
    }
}

/// The bytes of this process at an address, as the kernel reads them: what lies
/// between the fields of a struct is no value that Rust may read. At worst these
/// bytes have changed, and a stream is not recognized.
fn memory(at: usize, size: usize) -> Option<Vec<u8>> {
    inside::recorder(|| {
        let mut bytes = vec![0; size];
        let memory = File::open("/proc/self/mem").ok()?;
        memory.read_exact_at(&mut bytes, at as u64).ok()?;
        Some(bytes)
    })
}

/// FNV-1a.
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Hash(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
