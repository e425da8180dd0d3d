//! Types around tokio's that are the same to a pointer.

use std::sync::Arc;

/// A type whose only field is tokio's.
///
/// # Safety
///
/// `Self` is `repr(transparent)` around `Real`.
#[allow(unsafe_code, reason = "tokio's methods on an Arc need an Arc of tokio's type")]
pub(super) unsafe trait Transparent {
    type Real: ?Sized;

    fn real(this: *const Self) -> *const Self::Real;
}

/// The same value, counted with the same counter, as tokio's type.
pub(super) fn real_arc<T: Transparent + ?Sized>(this: Arc<T>) -> Arc<T::Real> {
    // SAFETY: by the trait's promise both types have the same layout, so the
    // counters lie at the same distance, and the pointer comes from `into_raw`.
    #[allow(unsafe_code, reason = "std has no cast of an Arc")]
    unsafe {
        Arc::from_raw(T::real(Arc::into_raw(this)))
    }
}

/// Says that a type is `repr(transparent)` around tokio's.
macro_rules! transparent {
    ($name:ident $(<$arg:ident : ?Sized>)?, $real:ty) => {
        // SAFETY: the struct has `repr(transparent)`, and no other field.
        #[allow(unsafe_code, reason = "see the trait")]
        unsafe impl $(<$arg: ?Sized>)? crate::sync::transparent::Transparent for $name $(<$arg>)? {
            type Real = $real;

            fn real(this: *const Self) -> *const $real {
                this as *const $real
            }
        }
    };
}
pub(super) use transparent;
