//! What the types that stand for tokio's have in common.

/// A type of this crate that is tokio's, in the field `inner`, but for the
/// methods that it overrides.
macro_rules! stands_for {
    ($name:ident $(<$arg:ident $(: ?$sized:ident)?>)?, $real:ty) => {
        impl $(<$arg $(: ?$sized)?>)? ::std::ops::Deref for $name $(<$arg>)? {
            type Target = $real;

            fn deref(&self) -> &$real {
                &self.inner
            }
        }

        impl $(<$arg $(: ?$sized)?>)? ::std::ops::DerefMut for $name $(<$arg>)? {
            fn deref_mut(&mut self) -> &mut $real {
                &mut self.inner
            }
        }

        impl $(<$arg $(: ?$sized)?>)? ::std::fmt::Debug for $name $(<$arg>)?
        where
            $real: ::std::fmt::Debug,
        {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.inner, f)
            }
        }
    };
}
pub(crate) use stands_for;

/// `Debug` as tokio's own type, in the field `inner`, has it.
macro_rules! debug_as_inner {
    ($name:ident $(<$($arg:ident),+>)?) => {
        impl $(<$($arg),+>)? ::std::fmt::Debug for $name $(<$($arg),+>)?
        $(where $($arg: ::std::fmt::Debug),+)?
        {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.inner, f)
            }
        }
    };
}
pub(crate) use debug_as_inner;
