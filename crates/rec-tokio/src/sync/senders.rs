//! What the senders of all channels have in common.

/// A clone sends into the same channel.
macro_rules! sender {
    ($name:ident) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                $name {
                    inner: self.inner.clone(),
                    resource: ::std::sync::Arc::clone(&self.resource),
                }
            }
        }
    };
}
pub(crate) use sender;

/// A sender's `downgrade` gives a weak one, whose `upgrade` gives a sender.
macro_rules! weak {
    ($strong:ident downgrade: $weak:ident, upgrade: $back:ident) => {
        impl<T> $strong<T> {
            /// See tokio's `downgrade`.
            pub fn downgrade(&self) -> $weak<T> {
                let resource = ::std::sync::Arc::clone(&self.resource);
                $weak { inner: self.inner.downgrade(), resource }
            }
        }

        impl<T> $weak<T> {
            /// See tokio's `upgrade`.
            pub fn upgrade(&self) -> Option<$back<T>> {
                let resource = ::std::sync::Arc::clone(&self.resource);
                self.inner.upgrade().map(|inner| $back { inner, resource })
            }
        }
    };
}
pub(crate) use weak;
