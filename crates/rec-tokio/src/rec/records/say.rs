//! The records as this side has them: a struct each, whose fields are of
//! whatever type can be written, so that none is copied to be said.
#![allow(missing_docs, non_camel_case_types, reason = "`wire` says what each is, by its fields")]

/// What can be written as a value of CBOR.
pub(crate) trait Value {
    /// Writes it.
    fn put(&self, to: &mut Vec<u8>);
}

/// Writes the head of a value: its major type, and a number.
fn head(major: u8, number: u64, to: &mut Vec<u8>) {
    let major = major << 5;
    let bytes = number.to_be_bytes();
    match number {
        0..=23 => to.push(major | number as u8),
        24..=0xff => to.extend([major | 24, number as u8]),
        0x100..=0xffff => {
            to.push(major | 25);
            to.extend(&bytes[6..]);
        }
        0x1_0000..=0xffff_ffff => {
            to.push(major | 26);
            to.extend(&bytes[4..]);
        }
        _ => {
            to.push(major | 27);
            to.extend(&bytes);
        }
    }
}

/// Writes the head of a list of so many values.
pub(crate) fn list(length: usize, to: &mut Vec<u8>) {
    head(4, length as u64, to);
}

macro_rules! numbers {
    ($($type:ty)*) => {
        $(impl Value for $type {
            fn put(&self, to: &mut Vec<u8>) {
                // None that is said is larger than what can be said.
                head(0, u64::try_from(*self).unwrap_or(u64::MAX), to);
            }
        })*
    };
}
numbers!(u8 u32 u64 u128 usize);

impl Value for i32 {
    fn put(&self, to: &mut Vec<u8>) {
        match u64::try_from(*self) {
            Ok(number) => head(0, number, to),
            Err(_) => head(1, u64::from(!self.cast_unsigned()), to),
        }
    }
}

impl Value for bool {
    fn put(&self, to: &mut Vec<u8>) {
        to.push(if *self { 0xf5 } else { 0xf4 });
    }
}

impl Value for str {
    fn put(&self, to: &mut Vec<u8>) {
        head(3, self.len() as u64, to);
        to.extend(self.as_bytes());
    }
}

impl Value for String {
    fn put(&self, to: &mut Vec<u8>) {
        self.as_str().put(to);
    }
}

impl<T: Value + ?Sized> Value for &T {
    fn put(&self, to: &mut Vec<u8>) {
        (**self).put(to);
    }
}

impl<T: Value> Value for Option<T> {
    fn put(&self, to: &mut Vec<u8>) {
        match self {
            Some(value) => value.put(to),
            None => to.push(0xf6),
        }
    }
}

impl<T: Value> Value for [T] {
    fn put(&self, to: &mut Vec<u8>) {
        list(self.len(), to);
        for value in self {
            value.put(to);
        }
    }
}

impl<T: Value> Value for Vec<T> {
    fn put(&self, to: &mut Vec<u8>) {
        self.as_slice().put(to);
    }
}

/// A record.
pub(crate) trait Record {
    /// Which it is: its place in the table.
    const TAG: u8;

    /// Writes its fields.
    fn fields(&self, to: &mut Vec<u8>);
}

macro_rules! make {
    ($(
        $(#[$doc:meta])*
        $name:ident { $($field:ident: $type:ty),* }
    )*) => {
        enum Tag {
            $($name),*
        }

        $(
            $(#[$doc])*
            pub(crate) struct $name<$($field),*> {
                $(pub(crate) $field: $field),*
            }

            impl<$($field: Value),*> Record for $name<$($field),*> {
                const TAG: u8 = Tag::$name as u8;

                #[allow(unused_variables, reason = "some have no fields")]
                fn fields(&self, to: &mut Vec<u8>) {
                    $(self.$field.put(to);)*
                }
            }
        )*
    };
}
crate::wire::records!(make);
