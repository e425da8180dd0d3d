//! What guards have in common.

/// A guard of tokio's that borrows from a lock, as one that borrows from
/// nothing: whoever has it has an `Arc` of the lock as well, and drops it later.
/// It is in a box, since what is borrowed by an argument itself has to live until
/// the function returns, also one that drops it: `drop(guard)`.
macro_rules! owned {
    ($real:ident, $guard:expr) => {{
        let guard: ::real::sync::$real<'_, ()> = $guard;
        // SAFETY: only the lifetime is another, and the lock outlives the guard.
        #[allow(unsafe_code, reason = "std has no guard that owns its lock")]
        unsafe {
            ::std::mem::transmute::<
                Box<::real::sync::$real<'_, ()>>,
                Box<::real::sync::$real<'static, ()>>,
            >(Box::new(guard))
        }
    }};
}
pub(super) use owned;

/// A guard shows what it guards.
macro_rules! shows {
    ([$($generics:tt)*] $name:ty, $target:ident) => {
        impl<$($generics)*> ::std::fmt::Debug for $name
        where
            $target: ::std::fmt::Debug,
        {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                (**self).fmt(f)
            }
        }

        impl<$($generics)*> ::std::fmt::Display for $name
        where
            $target: ::std::fmt::Display,
        {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                (**self).fmt(f)
            }
        }
    };
}
pub(super) use shows;

/// A guard with tokio's in its field `inner`.
macro_rules! inner {
    ($name:ident) => {
        impl<T: ?Sized> ::std::ops::Deref for $name<'_, T> {
            type Target = T;

            fn deref(&self) -> &T {
                &self.inner
            }
        }

        $crate::sync::guards::shows!(['a, T: ?Sized] $name<'a, T>, T);
    };
    (mut $name:ident) => {
        $crate::sync::guards::inner!($name);

        impl<T: ?Sized> ::std::ops::DerefMut for $name<'_, T> {
            fn deref_mut(&mut self) -> &mut T {
                &mut self.inner
            }
        }
    };
}
pub(super) use inner;

/// A guard with a pointer to what it guards in its field `data`.
macro_rules! data {
    ([$($generics:tt)*] $name:ty, $target:ident) => {
        impl<$($generics)*> ::std::ops::Deref for $name {
            type Target = $target;

            fn deref(&self) -> &$target {
                // SAFETY: the lock is held, and lives as long as the guard.
                #[allow(unsafe_code, reason = "a guard")]
                unsafe {
                    &*self.data
                }
            }
        }

        $crate::sync::guards::shows!([$($generics)*] $name, $target);
    };
    (mut [$($generics:tt)*] $name:ty, $target:ident) => {
        $crate::sync::guards::data!([$($generics)*] $name, $target);

        impl<$($generics)*> ::std::ops::DerefMut for $name {
            fn deref_mut(&mut self) -> &mut $target {
                // SAFETY: the lock is held by this alone, which is borrowed mutably.
                #[allow(unsafe_code, reason = "a guard")]
                unsafe {
                    &mut *self.data
                }
            }
        }
    };
}
pub(super) use data;
