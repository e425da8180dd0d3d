//! Hooks of what waits.

use std::ffi::{c_int, c_long, c_void};
use std::time::Duration;

use libc::{clockid_t, pthread_attr_t, pthread_t, timespec};

use crate::rec::records::raw::emit;
use crate::rec::records::say::Block;
use crate::rec::records::{clock, driven, stack, switch};
use crate::rec::sys::{self, inside, memory};
use crate::rec::tasks::current;
use crate::rec::turns::turn::{For, Held, Woken};
use crate::rec::turns::{threads, watch};

/// # Safety
///
/// As clock_nanosleep(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn clock_nanosleep(
    id: clockid_t,
    flags: c_int,
    time: *const timespec,
    left: *mut timespec,
) -> c_int {
    // Of another clock, and of a time that is none, the kernel says what is wrong.
    let is_known = [libc::CLOCK_MONOTONIC, libc::CLOCK_REALTIME, libc::CLOCK_BOOTTIME];
    if switch::on()
        && !inside::is_inside()
        && is_known.contains(&id)
        && let Some(time) = moment(time)
    {
        let sleep = from_now(id, flags & libc::TIMER_ABSTIME != 0, &time);
        // Another thread of a blocking call holds nobody up.
        if current::task().is_some() || sys::is_main_thread() {
            let (k, ns, s) = (current::task(), sleep.as_nanos(), stack::here());
            emit(Block { k, ns, s, thread: None::<&str> });
        }
        if threads::waits_here() {
            threads::wait(For::Time, Some(sleep));
            return 0;
        }
    }
    // SAFETY: the caller's promise.
    unsafe { sys::clock_nanosleep(id, flags, time, left) }
}

/// The time at `time`, if there is one.
fn moment(time: *const timespec) -> Option<timespec> {
    // SAFETY: two numbers are a time, whatever they are.
    let time: timespec = unsafe { memory::value(time.cast(), size_of::<timespec>()) }?;
    (time.tv_sec >= 0 && (0..1_000_000_000).contains(&time.tv_nsec)).then_some(time)
}

/// The time from now to `time`, which is a moment if `is_absolute`.
fn from_now(id: clockid_t, is_absolute: bool, time: &timespec) -> Duration {
    let time = sys::duration(time);
    if !is_absolute {
        return time;
    }
    let is_wall = id == libc::CLOCK_REALTIME;
    let now = if clock::runs_virtually() {
        clock::read() + if is_wall { clock::WALL_START } else { clock::MONOTONIC_START }
    } else {
        sys::now(id)
    };
    time.saturating_sub(now)
}

/// # Safety
///
/// As nanosleep(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn nanosleep(time: *const timespec, left: *mut timespec) -> c_int {
    // SAFETY: the caller's promise.
    match unsafe { clock_nanosleep(libc::CLOCK_MONOTONIC, 0, time, left) } {
        0 => 0,
        error => sys::fail(error),
    }
}

/// # Safety
///
/// As epoll_wait(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn epoll_wait(
    epoll: c_int,
    events: *mut libc::epoll_event,
    most: c_int,
    timeout: c_int,
) -> c_int {
    if !inside::is_inside() {
        current::set_finished(None);
    }
    if !threads::waits_here() {
        // SAFETY: the caller's promise.
        return unsafe { sys::epoll_wait(epoll, events, most, timeout) };
    }
    // SAFETY: the caller's promise.
    let look = || unsafe { sys::epoll_wait(epoll, events, most, 0) };
    let found = look();
    if found != 0 {
        return found;
    }
    if timeout == 0 {
        threads::yield_turn();
    } else {
        let timeout = u64::try_from(timeout).ok().map(Duration::from_millis);
        threads::wait(For::File(epoll), timeout);
    }
    look()
}

/// # Safety
///
/// As sched_yield(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn sched_yield() -> c_int {
    if threads::waits_here() {
        threads::yield_turn();
    } else {
        sys::yield_thread();
    }
    0
}

/// Not variadic, as C's is: on the processors that Linux and Rust share, both
/// take their arguments from the same places.
///
/// # Safety
///
/// As syscall(2).
#[unsafe(no_mangle)]
unsafe extern "C" fn syscall(
    number: c_long,
    a: usize,
    b: usize,
    c: usize,
    d: usize,
    e: usize,
    f: usize,
) -> c_long {
    if number == libc::SYS_futex && threads::waits_here() {
        // SAFETY: the caller's promise.
        if let Some(answer) = unsafe { futex(a, b as c_int, c as u32, d as *const timespec) } {
            return answer;
        }
    }
    // SAFETY: the caller's promise.
    if let Some(answer) = unsafe { patiently(number, a, b as c_int, c, d) } {
        return answer;
    }
    // SAFETY: the caller's promise.
    unsafe { sys::syscall(number, a, b, c, d, e, f) }
}

/// How long a thread waits on the machine's clock before that is told.
pub(super) const PATIENCE: Duration = Duration::from_millis(20);

/// Waits at a futex on the machine's clock, and tells when that holds a poll up;
/// `None` where it does not, or goes on to do so.
///
/// # Safety
///
/// As futex(2).
unsafe fn patiently(
    number: c_long,
    address: usize,
    operation: c_int,
    value: usize,
    timeout: usize,
) -> Option<c_long> {
    let flags = libc::FUTEX_PRIVATE_FLAG | libc::FUTEX_CLOCK_REALTIME;
    let waits = [libc::FUTEX_WAIT, libc::FUTEX_WAIT_BITSET].contains(&(operation & !flags));
    let concerned = number == libc::SYS_futex && waits && timeout == 0 && switch::on();
    if !concerned || inside::is_inside() {
        return None;
    }
    let held = held()?;
    let time = sys::timespec(PATIENCE);
    let operation = libc::FUTEX_WAIT | operation & libc::FUTEX_PRIVATE_FLAG;
    let time = (&raw const time).addr();
    // SAFETY: the caller's promise; the time lives as long as the call.
    let answer = unsafe { sys::syscall(number, address, operation as usize, value, time, 0, 0) };
    if answer == 0 || sys::errno() != libc::ETIMEDOUT {
        return Some(answer);
    }
    held.say();
    None
}

/// What a wait of this thread holds up, and where it is.
pub(super) fn held() -> Option<Held> {
    let task = current::task()?;
    Some(Held { task, stack: stack::here(), drives: driven::driven_here() })
}

/// Waits and wakes on virtual time; `None` for what else futexes do.
///
/// # Safety
///
/// As futex(2).
unsafe fn futex(
    address: usize,
    operation: c_int,
    value: u32,
    timeout: *const timespec,
) -> Option<c_long> {
    let is_wall = operation & libc::FUTEX_CLOCK_REALTIME != 0;
    let clock = if is_wall { libc::CLOCK_REALTIME } else { libc::CLOCK_MONOTONIC };
    match operation & !(libc::FUTEX_PRIVATE_FLAG | libc::FUTEX_CLOCK_REALTIME) {
        operation @ (libc::FUTEX_WAIT | libc::FUTEX_WAIT_BITSET) => {
            // Of what is no word, or no time, the kernel says what is wrong.
            if !address.is_multiple_of(4) || (!timeout.is_null() && moment(timeout).is_none()) {
                return None;
            }
            // SAFETY: any bytes are a number.
            unsafe { memory::value::<u32>(address as *const c_void, 4) }?;
            // SAFETY: it is an aligned word that can be read, here atomically.
            let now = unsafe { (*(address as *const std::sync::atomic::AtomicU32)).load(ORDER) };
            if now != value {
                return Some(sys::fail(libc::EAGAIN).into());
            }
            let timeout = moment(timeout)
                .map(|time| from_now(clock, operation == libc::FUTEX_WAIT_BITSET, &time));
            match threads::holding(held(), || threads::wait(For::Futex(address), timeout)) {
                Woken::Ready => Some(0),
                Woken::TimedOut => Some(sys::fail(libc::ETIMEDOUT).into()),
            }
        }
        libc::FUTEX_WAKE | libc::FUTEX_WAKE_BITSET => {
            let woken = threads::wake(address, value as usize);
            // Who takes no turns any more waits in the kernel.
            (woken > 0).then_some(woken as c_long)
        }
        _ => None,
    }
}

const ORDER: std::sync::atomic::Ordering = std::sync::atomic::Ordering::SeqCst;

/// # Safety
///
/// As pthread_create(3).
#[unsafe(no_mangle)]
unsafe extern "C" fn pthread_create(
    thread: *mut pthread_t,
    attributes: *const pthread_attr_t,
    routine: sys::Routine,
    argument: *mut c_void,
) -> c_int {
    if !threads::waits_here() {
        // SAFETY: the caller's promise.
        return unsafe { sys::pthread_create(thread, attributes, routine, argument) };
    }
    watch::start();
    threads::create(routine, argument, |routine, argument| {
        // SAFETY: the caller's promise; `thread` is only read where it was written.
        unsafe {
            match sys::pthread_create(thread, attributes, routine, argument) {
                0 => (0, *thread),
                error => (error, std::mem::zeroed()),
            }
        }
    })
}

/// # Safety
///
/// As pthread_join(3).
#[unsafe(no_mangle)]
unsafe extern "C" fn pthread_join(thread: pthread_t, value: *mut *mut c_void) -> c_int {
    if threads::waits_here() {
        threads::holding(held(), || threads::join(thread));
    }
    // SAFETY: the caller's promise.
    unsafe { sys::pthread_join(thread, value) }
}
