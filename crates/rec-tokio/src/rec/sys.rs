//! The system's own functions, those that the hooks stand in front of, and a
//! few small ones in safe clothes.
#![allow(unsafe_code, reason = "these are C functions")]

pub(crate) mod inside;
pub(crate) mod lock;
pub(crate) mod mapping;
pub(crate) mod memory;
pub(crate) mod sockets;

use std::ffi::{c_int, c_long, c_uint, c_void};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use libc::{clockid_t, iovec, pthread_attr_t, pthread_t, size_t, ssize_t, timespec};

/// What a thread runs.
pub(crate) type Routine = extern "C" fn(*mut c_void) -> *mut c_void;

/// A function of libc's by its name, as the type that it is assigned to.
macro_rules! next {
    ($name:literal) => {{
        use ::std::sync::atomic::{AtomicPtr, Ordering::Relaxed};
        static FOUND: AtomicPtr<::std::ffi::c_void> = AtomicPtr::new(::std::ptr::null_mut());
        let mut found = FOUND.load(Relaxed);
        if found.is_null() {
            found = ::libc::dlsym(::libc::RTLD_NEXT, $name.as_ptr());
            FOUND.store(found, Relaxed);
        }
        assert!(!found.is_null(), "libc has all functions that are hooked");
        std::mem::transmute(found)
    }};
}

pub(crate) use next;

/// Calls the kernel; -1 and `errno` where it fails.
macro_rules! kernel {
    ($number:ident $(, $arg:expr)*) => {
        kernel()(libc::$number $(, $arg)*)
    };
}

fn kernel() -> unsafe extern "C" fn(c_long, ...) -> c_long {
    // SAFETY: that is the function's type.
    unsafe { next!(c"syscall") }
}

#[allow(clippy::too_many_arguments, reason = "as many as the kernel takes")]
pub(crate) unsafe fn syscall(
    number: c_long,
    a: usize,
    b: usize,
    c: usize,
    d: usize,
    e: usize,
    f: usize,
) -> c_long {
    // SAFETY: the caller's promise.
    unsafe { kernel()(number, a, b, c, d, e, f) }
}

pub(crate) unsafe fn pthread_create(
    thread: *mut pthread_t,
    attributes: *const pthread_attr_t,
    routine: Routine,
    argument: *mut c_void,
) -> c_int {
    type Create =
        unsafe extern "C" fn(*mut pthread_t, *const pthread_attr_t, Routine, *mut c_void) -> c_int;
    // SAFETY: that is the function's type; the caller's promise.
    unsafe {
        let create: Create = next!(c"pthread_create");
        create(thread, attributes, routine, argument)
    }
}

pub(crate) unsafe fn pthread_join(thread: pthread_t, value: *mut *mut c_void) -> c_int {
    // SAFETY: that is the function's type; the caller's promise.
    unsafe {
        let join: unsafe extern "C" fn(pthread_t, *mut *mut c_void) -> c_int =
            next!(c"pthread_join");
        join(thread, value)
    }
}

/// Has `over` called with `number` when the calling thread's destructors have run.
pub(crate) fn at_thread_end(over: extern "C" fn(*mut c_void), number: usize) {
    static KEY: OnceLock<libc::pthread_key_t> = OnceLock::new();
    let over: unsafe extern "C" fn(*mut c_void) = over;
    // SAFETY: `over` takes any value; a value of 0 would not be handed to it.
    unsafe {
        let key = *KEY.get_or_init(|| {
            let mut key = 0;
            libc::pthread_key_create(&raw mut key, Some(over));
            key
        });
        libc::pthread_setspecific(key, (number + 1) as *const c_void);
    }
}

/// The number that was given to [`at_thread_end`].
pub(crate) fn number(value: *mut c_void) -> usize {
    value as usize - 1
}

/// Waits while `word` is `value`.
pub(crate) fn futex_wait(word: &AtomicU32, value: u32) {
    let for_ever: *const timespec = std::ptr::null();
    let operation = libc::FUTEX_WAIT | libc::FUTEX_PRIVATE_FLAG;
    // SAFETY: the word lives as long as the call.
    unsafe { kernel!(SYS_futex, word.as_ptr(), operation, value, for_ever) };
}

/// Wakes who waits at `word`.
pub(crate) fn futex_wake(word: &AtomicU32) {
    // SAFETY: the word lives as long as the call.
    unsafe { kernel!(SYS_futex, word.as_ptr(), libc::FUTEX_WAKE | libc::FUTEX_PRIVATE_FLAG, 1) };
}

/// Lets the machine run another thread.
pub(crate) fn yield_thread() {
    // SAFETY: it takes nothing.
    unsafe { kernel!(SYS_sched_yield) };
}

/// Which of `files` can be read, after `timeout` ms at most.
pub(crate) fn readable(files: impl Iterator<Item = c_int>, timeout: c_int) -> Vec<bool> {
    let mut polled: Vec<libc::pollfd> =
        files.map(|fd| libc::pollfd { fd, events: libc::POLLIN, revents: 0 }).collect();
    if polled.is_empty() {
        return Vec::new();
    }
    // SAFETY: the list is valid for its length.
    unsafe { libc::poll(polled.as_mut_ptr(), polled.len() as libc::nfds_t, timeout) };
    polled.iter().map(|file| file.revents != 0).collect()
}

/// Whether the program has opened an internet socket.
pub(crate) fn has_sockets() -> bool {
    SOCKETS.load(Relaxed)
}

static SOCKETS: AtomicBool = AtomicBool::new(false);

/// Says that the program opens a socket of the `family`.
pub(crate) fn opens_socket(family: c_int) {
    if matches!(family, libc::AF_INET | libc::AF_INET6) {
        SOCKETS.store(true, Relaxed);
    }
}

/// posix_spawn(3) and posix_spawnp(3).
pub(crate) type Spawn = unsafe extern "C" fn(
    *mut libc::pid_t,
    *const std::ffi::c_char,
    *const c_void,
    *const c_void,
    *const *mut std::ffi::c_char,
    *const *mut std::ffi::c_char,
) -> c_int;

pub(crate) unsafe fn fork() -> libc::pid_t {
    // SAFETY: that is the function's type; the caller's promise.
    unsafe {
        let fork: unsafe extern "C" fn() -> libc::pid_t = next!(c"fork");
        fork()
    }
}

pub(crate) unsafe fn connect(
    fd: c_int,
    address: *const libc::sockaddr,
    bytes: libc::socklen_t,
) -> c_int {
    // SAFETY: the caller's promise.
    (unsafe { kernel!(SYS_connect, fd, address, bytes) }) as c_int
}

pub(crate) unsafe fn sendto(
    fd: c_int,
    from: *const c_void,
    bytes: size_t,
    flags: c_int,
    address: *const libc::sockaddr,
    address_bytes: libc::socklen_t,
) -> ssize_t {
    // SAFETY: the caller's promise.
    (unsafe { kernel!(SYS_sendto, fd, from, bytes, flags, address, address_bytes) }) as ssize_t
}

pub(crate) unsafe fn socket(family: c_int, kind: c_int, protocol: c_int) -> c_int {
    // SAFETY: the caller's promise.
    (unsafe { kernel!(SYS_socket, family, kind, protocol) }) as c_int
}

/// libc's own, which needs the kernel for few clocks.
pub(crate) unsafe fn clock_gettime(id: clockid_t, to: *mut timespec) -> c_int {
    // SAFETY: that is the function's type; the caller's promise.
    unsafe {
        type Get = unsafe extern "C" fn(clockid_t, *mut timespec) -> c_int;
        // Under Miri nothing is hooked, and there is no other to be found.
        if cfg!(miri) {
            return libc::clock_gettime(id, to);
        }
        let get: Get = next!(c"clock_gettime");
        get(id, to)
    }
}

/// Gives the error itself, as the function of libc does.
pub(crate) unsafe fn clock_nanosleep(
    id: clockid_t,
    flags: c_int,
    time: *const timespec,
    left: *mut timespec,
) -> c_int {
    // SAFETY: the caller's promise; errno is this thread's own.
    unsafe {
        match kernel!(SYS_clock_nanosleep, id, flags, time, left) {
            0 => 0,
            _ => *libc::__errno_location(),
        }
    }
}

pub(crate) unsafe fn epoll_wait(
    epoll: c_int,
    events: *mut libc::epoll_event,
    most: c_int,
    timeout: c_int,
) -> c_int {
    let no_mask: *const c_void = std::ptr::null();
    // SAFETY: the caller's promise.
    (unsafe { kernel!(SYS_epoll_pwait, epoll, events, most, timeout, no_mask, 8_usize) }) as c_int
}

pub(crate) unsafe fn read(fd: c_int, to: *mut c_void, bytes: size_t) -> ssize_t {
    // SAFETY: the caller's promise.
    (unsafe { kernel!(SYS_read, fd, to, bytes) }) as ssize_t
}

pub(crate) unsafe fn readv(fd: c_int, to: *const iovec, parts: c_int) -> ssize_t {
    // SAFETY: the caller's promise.
    (unsafe { kernel!(SYS_readv, fd, to, c_long::from(parts)) }) as ssize_t
}

pub(crate) unsafe fn recvfrom(
    fd: c_int,
    to: *mut c_void,
    bytes: size_t,
    flags: c_int,
    sender: *mut libc::sockaddr,
    sender_bytes: *mut libc::socklen_t,
) -> ssize_t {
    // SAFETY: the caller's promise.
    (unsafe { kernel!(SYS_recvfrom, fd, to, bytes, flags, sender, sender_bytes) }) as ssize_t
}

pub(crate) unsafe fn accept4(
    fd: c_int,
    client: *mut libc::sockaddr,
    client_bytes: *mut libc::socklen_t,
    flags: c_int,
) -> c_int {
    // SAFETY: the caller's promise.
    (unsafe { kernel!(SYS_accept4, fd, client, client_bytes, flags) }) as c_int
}

pub(crate) unsafe fn write(fd: c_int, from: *const c_void, bytes: size_t) -> ssize_t {
    // SAFETY: the caller's promise.
    (unsafe { kernel!(SYS_write, fd, from, bytes) }) as ssize_t
}

pub(crate) unsafe fn writev(fd: c_int, from: *const iovec, parts: c_int) -> ssize_t {
    // SAFETY: the caller's promise.
    (unsafe { kernel!(SYS_writev, fd, from, c_long::from(parts)) }) as ssize_t
}

pub(crate) unsafe fn getrandom(to: *mut c_void, bytes: size_t, flags: c_uint) -> ssize_t {
    // SAFETY: the caller's promise.
    (unsafe { kernel!(SYS_getrandom, to, bytes, flags) }) as ssize_t
}

/// Descriptors from here on are seldom the program's.
const HIGH: c_int = 1_000;

/// Opens the file at `path` to read and write, by a descriptor that is high and
/// that no other program gets; or gives the error that stands against it.
pub(crate) fn open(path: &std::ffi::CStr) -> Result<c_int, c_int> {
    // SAFETY: the path ends with a zero, and the descriptor is this function's own.
    unsafe {
        let fd = libc::open(path.as_ptr(), libc::O_RDWR | libc::O_CLOEXEC);
        if fd < 0 {
            return Err(errno());
        }
        // A low one has to do where there are no more.
        let high = libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, HIGH);
        if high < 0 {
            return Ok(fd);
        }
        kernel!(SYS_close, fd);
        Ok(high)
    }
}

/// Writes all of `bytes`; or gives the error that stands against it.
pub(crate) fn write_all(fd: c_int, mut bytes: &[u8]) -> Result<(), c_int> {
    while !bytes.is_empty() {
        // SAFETY: the slice is valid for its length.
        match usize::try_from(unsafe { write(fd, bytes.as_ptr().cast(), bytes.len()) }) {
            Ok(written) => bytes = &bytes[written..],
            Err(_) if errno() == libc::EINTR => {}
            Err(_) => return Err(errno()),
        }
    }
    Ok(())
}

/// The error of this thread's last call.
pub(crate) fn errno() -> c_int {
    // SAFETY: errno is this thread's own.
    unsafe { *libc::__errno_location() }
}

/// Takes back what calls of the recorder's own have left there.
pub(crate) fn set_errno(error: c_int) {
    // SAFETY: errno is this thread's own.
    unsafe { *libc::__errno_location() = error };
}

/// A clock of the machine.
pub(crate) fn now(id: clockid_t) -> Duration {
    let mut now = timespec(Duration::ZERO);
    // SAFETY: `now` is valid for writing.
    unsafe { clock_gettime(id, &raw mut now) };
    duration(&now)
}

/// The processor's time that this thread has used, in nanoseconds.
pub(crate) fn thread_time() -> u64 {
    u64::try_from(now(libc::CLOCK_THREAD_CPUTIME_ID).as_nanos()).unwrap_or(u64::MAX)
}

/// The processor's time that all threads have used, in nanoseconds.
pub(crate) fn process_time() -> u64 {
    u64::try_from(now(libc::CLOCK_PROCESS_CPUTIME_ID).as_nanos()).unwrap_or(u64::MAX)
}

/// The machine's monotonic clock in nanoseconds.
pub(crate) fn monotonic() -> u64 {
    u64::try_from(now(libc::CLOCK_MONOTONIC).as_nanos()).unwrap_or(u64::MAX)
}

/// The machine's wall clock as of its last tick, in nanoseconds.
pub(crate) fn coarse() -> u64 {
    u64::try_from(now(libc::CLOCK_REALTIME_COARSE).as_nanos()).unwrap_or(u64::MAX)
}

/// The addresses between which this thread's stack lies; none where the system
/// does not say.
pub(crate) fn stack() -> std::ops::Range<usize> {
    let mut attributes = std::mem::MaybeUninit::uninit();
    let (mut start, mut bytes) = (std::ptr::null_mut(), 0);
    // SAFETY: each is written to before it is read, and destroyed once.
    unsafe {
        if libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) != 0 {
            return 0..0;
        }
        let known =
            libc::pthread_attr_getstack(attributes.as_ptr(), &raw mut start, &raw mut bytes) == 0;
        libc::pthread_attr_destroy(attributes.as_mut_ptr());
        if known { start as usize..start as usize + bytes } else { 0..0 }
    }
}

/// The word at an address.
///
/// # Safety
///
/// It is that of a word in this thread's stack, above the caller's frame.
pub(crate) unsafe fn word(address: usize) -> usize {
    // SAFETY: the caller's promise. Whatever lies there is a number; it may be
    // changing for nobody but this thread.
    unsafe { std::ptr::with_exposed_provenance::<usize>(address).read_volatile() }
}

/// A file that a descriptor led to, by its device and number.
pub(crate) struct File([AtomicU64; 2]);

impl File {
    pub(crate) const fn none() -> Self {
        File([const { AtomicU64::new(0) }; 2])
    }

    /// Remembers the file behind `fd`, if it is open.
    pub(crate) fn remember(&self, fd: c_int) {
        if let Some(file) = file(fd) {
            for (kept, now) in self.0.iter().zip(file) {
                kept.store(now, Relaxed);
            }
        }
    }

    /// Whether `fd` leads to it, still or again.
    pub(crate) fn is_at(&self, fd: c_int) -> bool {
        file(fd) == Some(self.0.each_ref().map(|number| number.load(Relaxed)))
    }
}

/// Device and number of the file behind `fd`; `None` when it is closed.
fn file(fd: c_int) -> Option<[u64; 2]> {
    // SAFETY: a `stat` of zeros is valid, and fstat(2) writes nothing else.
    unsafe {
        let mut stat: libc::stat = std::mem::zeroed();
        (libc::fstat(fd, &raw mut stat) == 0).then_some([stat.st_dev, stat.st_ino])
    }
}

/// Whether `fd` is a socket or a pipe that a thread waits at until there is
/// something to read.
pub(crate) fn is_blocking(fd: c_int) -> bool {
    // SAFETY: a `stat` of zeros is valid, and fstat(2) writes nothing else.
    unsafe {
        let flags = libc::fcntl(fd, libc::F_GETFL);
        if flags < 0 || flags & libc::O_NONBLOCK != 0 {
            return false;
        }
        let mut stat: libc::stat = std::mem::zeroed();
        libc::fstat(fd, &raw mut stat) == 0
            && matches!(stat.st_mode & libc::S_IFMT, libc::S_IFSOCK | libc::S_IFIFO)
    }
}

/// The kernel's number for this thread, above 0.
pub(crate) fn thread_id() -> u64 {
    // SAFETY: it takes nothing and cannot fail.
    let id = unsafe { kernel!(SYS_gettid) };
    id.unsigned_abs()
}

/// Whether this thread is the process's first.
pub(crate) fn is_main_thread() -> bool {
    // SAFETY: both calls take nothing and cannot fail.
    unsafe { kernel!(SYS_gettid) == c_long::from(libc::getpid()) }
}

/// Waits for so long on the machine's clock, less where a signal comes.
pub(crate) fn sleep(time: Duration) {
    let time = timespec(time);
    // SAFETY: the time lives as long as the call.
    unsafe { clock_nanosleep(libc::CLOCK_MONOTONIC, 0, &raw const time, std::ptr::null_mut()) };
}

/// Lets no signal come to this thread.
pub(crate) fn block_signals() {
    // SAFETY: the set is filled before it is read.
    unsafe {
        let mut all = std::mem::zeroed();
        libc::sigfillset(&raw mut all);
        libc::pthread_sigmask(libc::SIG_SETMASK, &raw const all, std::ptr::null_mut());
    }
}

/// Ends the process at once.
pub(crate) fn exit(status: c_int) -> ! {
    loop {
        // SAFETY: ending is always possible.
        unsafe { kernel!(SYS_exit_group, status) };
    }
}

/// Sets `errno` and gives -1.
pub(crate) fn fail(error: c_int) -> c_int {
    // SAFETY: errno is this thread's own.
    unsafe { *libc::__errno_location() = error };
    -1
}

pub(crate) fn timespec(time: Duration) -> timespec {
    // SAFETY: a `timespec` of zeros is valid; its padding differs by platform.
    let mut spec: timespec = unsafe { std::mem::zeroed() };
    spec.tv_sec = time.as_secs() as _;
    spec.tv_nsec = time.subsec_nanos() as _;
    spec
}

pub(crate) fn duration(time: &timespec) -> Duration {
    Duration::new(time.tv_sec.max(0) as u64, time.tv_nsec.clamp(0, 999_999_999) as u32)
}
