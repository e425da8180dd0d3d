//! Where the program stands: its call stack, as addresses. The parent process
//! turns them into lines, with the debug information of the executable.
//!
//! To walk a stack takes far longer than all else that is done for a record. So
//! each thread keeps those that it has walked last, with the places where the
//! addresses lay: where the stack is as deep as then and they all lie there
//! still, it is the same.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::{c_int, c_void};
use std::hint::black_box;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::raw::emit;
use super::say::Stack;
use super::{compute, switch};
use crate::rec::sys::{self, inside};

/// More frames than that are cut off at the outer end.
const DEPTH: usize = 256;

/// As many stacks are kept by a thread.
const KEPT: usize = 32;

/// The stacks seen, by their addresses. Ordered, since a hash map would take
/// its seed from the same chance as the program's own.
static SEEN: Mutex<BTreeMap<Vec<usize>, u32>> = Mutex::new(BTreeMap::new());

thread_local! {
    static WALKED: RefCell<Walked> = const { RefCell::new(Walked::new()) };
}

/// The number of the stack that the caller is called from. A stack not seen
/// before is recorded, the innermost address first.
#[inline(never)]
pub(crate) fn here() -> u32 {
    if !switch::on() {
        return 0;
    }
    let mark = 0_usize;
    let mark = black_box(&raw const mark).addr();
    inside::recorder(|| {
        let known = WALKED.try_with(|walked| walked.try_borrow().ok()?.find(mark));
        if let Some(number) = known.ok().flatten() {
            compute::record();
            return number;
        }
        compute::own(|| walk(mark))
    })
}

/// What a thread has walked.
struct Walked {
    stacks: Vec<Known>,
    /// Which of them is replaced next.
    next: usize,
    /// Where the thread's stack lies. Another, of a coroutine say, may be gone.
    within: Option<Range<usize>>,
}

/// A stack that was walked.
struct Known {
    mark: usize,
    /// Where an address lay above the mark, and which.
    places: Vec<(usize, usize)>,
    number: u32,
}

impl Walked {
    const fn new() -> Self {
        Walked { stacks: Vec::new(), next: 0, within: None }
    }

    fn find(&self, mark: usize) -> Option<u32> {
        let lies = |(place, address): &(usize, usize)| {
            // SAFETY: a word above the mark, which is as deep in this thread's
            // stack as it was when the places were found there.
            #[allow(unsafe_code, reason = "the stack is no value of Rust's")]
            let word = unsafe { sys::word(*place) };
            word == *address
        };
        let is = |known: &&Known| known.mark == mark && known.places.iter().all(lies);
        self.stacks.iter().find(is).map(|known| known.number)
    }

    fn keep(&mut self, known: Known) {
        let within = self.within.get_or_insert_with(sys::stack);
        let ends = [Some(known.mark), known.places.iter().map(|(place, _)| *place).max()];
        if !ends.into_iter().flatten().all(|place| within.contains(&place)) {
            return;
        }
        match self.stacks.get_mut(self.next) {
            Some(old) => *old = known,
            None => self.stacks.push(known),
        }
        self.next = (self.next + 1) % KEPT;
    }
}

/// A walk under way.
struct Walk {
    mark: usize,
    ips: Vec<usize>,
    /// As in [`Known`]; none where an address lies nowhere.
    places: Option<Vec<(usize, usize)>>,
}

fn walk(mark: usize) -> u32 {
    let places = Some(Vec::with_capacity(64));
    let mut walk = Walk { mark, ips: Vec::with_capacity(64), places };
    // SAFETY: `frame` is of the type that the unwinder calls, and is handed
    // the pointer to `walk`, which outlives the call.
    #[allow(unsafe_code, reason = "std gives a stack only as text")]
    unsafe {
        _Unwind_Backtrace(frame, (&raw mut walk).cast());
    }
    let Walk { ips, places, .. } = walk;
    let number = number(ips);
    if let Some(places) = places {
        let known = Known { mark, places, number };
        let _ = WALKED.try_with(|walked| walked.try_borrow_mut().map(|mut all| all.keep(known)));
    }
    number
}

fn number(ips: Vec<usize>) -> u32 {
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(number) = seen.get(&ips) {
        return *number;
    }
    let number = u32::try_from(seen.len()).map_or(u32::MAX, |n| n + 1);
    emit(Stack { s: number, ips: &ips });
    seen.insert(ips, number);
    number
}

#[allow(unsafe_code, reason = "the unwinder is a C library")]
#[link(name = "gcc_s")]
unsafe extern "C" {
    fn _Unwind_Backtrace(
        frame: extern "C" fn(*mut c_void, *mut c_void) -> c_int,
        arg: *mut c_void,
    ) -> c_int;
    fn _Unwind_GetIP(context: *mut c_void) -> usize;
    fn _Unwind_GetCFA(context: *mut c_void) -> usize;
}

/// Takes one frame; 0 asks for the next, anything else ends the walk.
extern "C" fn frame(context: *mut c_void, walk: *mut c_void) -> c_int {
    // SAFETY: `context` comes from the unwinder that calls, `walk` from `walk`.
    #[allow(unsafe_code, reason = "a callback of a C library")]
    let (walk, ip, end) =
        unsafe { (&mut *walk.cast::<Walk>(), _Unwind_GetIP(context), _Unwind_GetCFA(context)) };
    // The address is the one returned to; the call is before it.
    walk.ips.push(ip.saturating_sub(1));
    walk.place(ip, end);
    c_int::from(walk.ips.len() == DEPTH)
}

impl Walk {
    /// Takes down where the address `ip` lies that the function returns to whose
    /// frame has its `end` there: right before that, on some processors.
    fn place(&mut self, ip: usize, end: usize) {
        let place = end.wrapping_sub(size_of::<usize>());
        // Where nobody is returned to, the stack ends.
        if place <= self.mark || ip == 0 {
            return;
        }
        // SAFETY: it is within the frame that the unwinder has just read.
        #[allow(unsafe_code, reason = "the stack is no value of Rust's")]
        let lies = place.is_multiple_of(size_of::<usize>()) && unsafe { sys::word(place) } == ip;
        match &mut self.places {
            Some(places) if lies => places.push((place, ip)),
            places => *places = None,
        }
    }
}
