//! The start and the end of the recorded process.

use std::os::unix::ffi::OsStrExt;

use super::forks;
use crate::rec::records::raw::{self, emit};
use crate::rec::records::say::{Exit, Start};
use crate::rec::records::{clock, driven, order, output, roots, switch, workers};
use crate::rec::sys::inside;
use crate::rec::tasks::panic;
use crate::rec::turns::threads;
use crate::wire;

/// Runs before `main`, in programs that never touch tokio too.
#[used]
#[allow(unsafe_code, reason = "there is no other way to run before main")]
// SAFETY: the section holds pointers to functions that take nothing that `start` needs.
#[unsafe(link_section = ".init_array")]
static START: extern "C" fn() = start;

extern "C" fn start() {
    // Also for a process that is not recorded.
    let asked = variable(wire::WORKERS).and_then(|asked| asked.to_str().ok()?.parse().ok());
    workers::start(asked.unwrap_or(0), variable(wire::AS_WRITTEN).is_some());
    let Some(file) = variable(wire::EVENTS) else { return };
    let most = variable(wire::MOST_EVENTS).and_then(|most| most.to_str().ok()?.parse().ok());
    let is_virtual = variable(wire::REAL_TIME).is_none() && asked.is_none();
    let order = match variable(wire::FORKS) {
        Some(_) => Some(forks::next(&file)),
        None => std::env::var_os(wire::ORDER),
    };
    // A program that this one starts is not to write into the same file.
    if let Some(order) = order.filter(|_| is_virtual) {
        order::start(&order.to_string_lossy());
    }
    for name in [
        wire::EVENTS,
        wire::REAL_TIME,
        wire::MOST_EVENTS,
        wire::WORKERS,
        wire::AS_WRITTEN,
        wire::ORDER,
        wire::FORKS,
    ] {
        // SAFETY: there is one thread only.
        #[allow(unsafe_code, reason = "another thread could read the environment")]
        unsafe {
            std::env::remove_var(name);
        }
    }
    clock::start(is_virtual);
    output::start();
    threads::start();
    raw::start(file, most.unwrap_or(u64::MAX));
    emit(Start { base: base() });
    panic::hook();
    // SAFETY: the functions have the signatures asked for.
    #[allow(unsafe_code, reason = "std has no hooks for these")]
    unsafe {
        libc::atexit(end);
        libc::pthread_atfork(None, None, Some(stop));
    }
}

extern "C" fn end() {
    if inside::is_handler() {
        // What a handler that calls exit(3) has interrupted may hold any lock.
    } else if switch::on() {
        driven::ends(None);
        roots::exit();
        output::flush();
        emit(Exit {});
        switch::set(false);
    }
}

/// No more records: this process is a copy of the recorded one.
extern "C" fn stop() {
    switch::set(false);
}

fn variable(name: &str) -> Option<std::ffi::CString> {
    std::ffi::CString::new(std::env::var_os(name)?.as_bytes()).ok()
}

/// The address that the executable was loaded at.
fn base() -> u64 {
    extern "C" fn first(
        info: *mut libc::dl_phdr_info,
        _: libc::size_t,
        base: *mut std::ffi::c_void,
    ) -> std::ffi::c_int {
        // SAFETY: `info` comes from the loader, `base` from the call below.
        // The executable comes first; 1 ends the list.
        #[allow(unsafe_code, reason = "a callback of a C library")]
        unsafe {
            *base.cast::<u64>() = (*info).dlpi_addr;
        }
        1
    }
    let mut base = 0_u64;
    // SAFETY: `first` has the signature asked for and writes to `base` alone.
    #[allow(unsafe_code, reason = "the loader is a C library")]
    unsafe {
        libc::dl_iterate_phdr(Some(first), (&raw mut base).cast());
    }
    base
}
