//! The records as this side has them: a struct each, whose fields are of
//! whatever type can be written as JSON, so that none is copied to be said.
#![allow(missing_docs, non_camel_case_types, reason = "`wire` says what each is, by its fields")]

use std::fmt::Write as _;

/// What can be written as JSON.
pub(crate) trait Value {
    /// Writes it.
    fn json(&self, to: &mut String);

    /// Writes `,"name":VALUE`; nothing where there is nothing to say.
    fn field(&self, name: &str, to: &mut String) {
        // Writing to a String cannot fail.
        let _ = write!(to, ",\"{name}\":");
        self.json(to);
    }
}

macro_rules! displayed {
    ($($type:ty)*) => {
        $(impl Value for $type {
            fn json(&self, to: &mut String) {
                let _ = write!(to, "{self}");
            }
        })*
    };
}
displayed!(u32 i32 u64 u128 usize bool);

/// A text is quoted.
impl Value for str {
    fn json(&self, to: &mut String) {
        to.push('"');
        for c in self.chars() {
            match c {
                '"' | '\\' => to.extend(['\\', c]),
                c if (c as u32) < 0x20 => {
                    let _ = write!(to, "\\u{:04x}", c as u32);
                }
                c => to.push(c),
            }
        }
        to.push('"');
    }
}

impl Value for String {
    fn json(&self, to: &mut String) {
        self.as_str().json(to);
    }
}

impl<T: Value + ?Sized> Value for &T {
    fn json(&self, to: &mut String) {
        (**self).json(to);
    }

    fn field(&self, name: &str, to: &mut String) {
        (**self).field(name, to);
    }
}

impl<T: Value> Value for Option<T> {
    fn json(&self, to: &mut String) {
        match self {
            Some(value) => value.json(to),
            None => to.push_str("null"),
        }
    }

    fn field(&self, name: &str, to: &mut String) {
        if let Some(value) = self {
            value.field(name, to);
        }
    }
}

impl<T: Value> Value for [T] {
    fn json(&self, to: &mut String) {
        to.push('[');
        for (i, value) in self.iter().enumerate() {
            if i > 0 {
                to.push(',');
            }
            value.json(to);
        }
        to.push(']');
    }
}

impl<T: Value> Value for Vec<T> {
    fn json(&self, to: &mut String) {
        self.as_slice().json(to);
    }
}

/// A record.
pub(crate) trait Record {
    /// Which it is, `e`.
    const TAG: &'static str;

    /// Writes its fields.
    fn fields(&self, to: &mut String);
}

macro_rules! make {
    ($(
        $(#[$doc:meta])*
        $name:ident = $tag:literal { $($field:ident: $type:ty),* }
    )*) => {
        $(
            $(#[$doc])*
            pub(crate) struct $name<$($field),*> {
                $(pub(crate) $field: $field),*
            }

            impl<$($field: Value),*> Record for $name<$($field),*> {
                const TAG: &'static str = $tag;

                #[allow(unused_variables, reason = "some have no fields")]
                fn fields(&self, to: &mut String) {
                    $(self.$field.field(stringify!($field), to);)*
                }
            }
        )*
    };
}
crate::wire::records!(make);
