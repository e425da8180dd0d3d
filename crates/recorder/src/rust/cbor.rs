//! Reads values of CBOR (RFC 8949), as far as the stand-in writes them.
//!
//! By hand, as each event of a run comes through here. serde would ask for the
//! types of `wire.rs`, which knows no crate, a second time; a reader of heads
//! alone, as ciborium-ll is, would replace `Input::head` and little else.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Take as Part};

use anyhow::{Context, Result, bail, ensure};
use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

/// The major types.
const NUMBER: u8 = 0;
const NEGATIVE: u8 = 1;
const TEXT: u8 = 3;
const LIST: u8 = 4;
const SIMPLE: u8 = 7;

/// `false`, `true` and `null` as simple values.
const FALSE: u64 = 20;
const TRUE: u64 = 21;
const NULL: u64 = 22;

/// A part of a file, read value by value.
pub(super) struct Input {
    bytes: BufReader<Part<File>>,
    /// The text that was read last.
    text: Vec<u8>,
}

/// What can be read from there.
pub(super) trait Take: Sized {
    fn take(from: &mut Input) -> Result<Self>;
}

impl Input {
    /// The next `bytes` of `file`.
    pub fn of(file: File, bytes: u64) -> Self {
        Input { bytes: BufReader::with_capacity(1 << 16, file.take(bytes)), text: Vec::new() }
    }

    /// Whether all of it has been read.
    pub fn is_over(&mut self) -> Result<bool> {
        Ok(self.bytes.fill_buf()?.is_empty())
    }

    fn byte(&mut self) -> Result<u8> {
        let Some(byte) = self.bytes.fill_buf()?.first().copied() else { bail!("it ends early") };
        self.bytes.consume(1);
        Ok(byte)
    }

    /// The major type of the next value, and its number.
    fn head(&mut self) -> Result<(u8, u64)> {
        let byte = self.byte()?;
        let (major, low) = (byte >> 5, byte & 31);
        let more = match low {
            0..=23 => return Ok((major, low.into())),
            24..=27 => 1 << (low - 24),
            _ => bail!("{byte:#x} begins no value"),
        };
        let mut number = 0;
        for _ in 0..more {
            number = number << 8 | u64::from(self.byte()?);
        }
        Ok((major, number))
    }

    fn expect(&mut self, major: u8, what: &str) -> Result<u64> {
        let (found, number) = self.head()?;
        ensure!(found == major, "no {what}, but a value of type {found}");
        Ok(number)
    }

    /// Whether the next value is a number.
    pub fn is_number(&mut self) -> Result<bool> {
        Ok(self.bytes.fill_buf()?.first().is_some_and(|byte| byte >> 5 == NUMBER))
    }

    /// The length of the list that is next.
    pub fn length(&mut self) -> Result<usize> {
        Ok(usize::try_from(self.expect(LIST, "list")?)?)
    }

    /// A list of so many values is next.
    pub fn list(&mut self, expected: usize) -> Result<()> {
        let length = self.length()?;
        self.is(length, expected)
    }

    /// Whether a list has as many values as it should.
    pub fn is(&self, length: usize, expected: usize) -> Result<()> {
        ensure!(length == expected, "a list of {length} values, not of {expected}");
        Ok(())
    }

    fn text(&mut self) -> Result<&str> {
        let length = self.expect(TEXT, "text")?;
        self.text.clear();
        let read = self.bytes.by_ref().take(length).read_to_end(&mut self.text)?;
        ensure!(read as u64 == length, "it ends within a text");
        std::str::from_utf8(&self.text).context("a text that is not UTF-8")
    }

    /// A text that says which of several things something is.
    pub fn word<T: DeserializeOwned>(&mut self) -> Result<T> {
        let text: StrDeserializer<'_, Error> = self.text()?.into_deserializer();
        Ok(T::deserialize(text)?)
    }

    /// Reads past the next value.
    pub fn skip(&mut self) -> Result<()> {
        match self.head()? {
            (TEXT, length) => {
                let skipped =
                    std::io::copy(&mut self.bytes.by_ref().take(length), &mut std::io::sink())?;
                ensure!(skipped == length, "it ends within a text");
            }
            (LIST, length) => {
                for _ in 0..length {
                    self.skip()?;
                }
            }
            (NUMBER | NEGATIVE | SIMPLE, _) => {}
            (major, _) => bail!("a value of type {major}"),
        }
        Ok(())
    }
}

impl Take for u64 {
    fn take(from: &mut Input) -> Result<Self> {
        from.expect(NUMBER, "number")
    }
}

macro_rules! numbers {
    ($($type:ty)*) => {
        $(impl Take for $type {
            fn take(from: &mut Input) -> Result<Self> {
                let number = u64::take(from)?;
                Self::try_from(number).with_context(|| format!("{number} is too large"))
            }
        })*
    };
}
numbers!(u8 u32 usize);

impl Take for i32 {
    fn take(from: &mut Input) -> Result<Self> {
        let (major, number) = from.head()?;
        let number = i32::try_from(number)?;
        match major {
            NUMBER => Ok(number),
            NEGATIVE => Ok(!number),
            _ => bail!("no number, but a value of type {major}"),
        }
    }
}

impl Take for bool {
    fn take(from: &mut Input) -> Result<Self> {
        match from.head()? {
            (SIMPLE, FALSE) => Ok(false),
            (SIMPLE, TRUE) => Ok(true),
            (major, _) => bail!("neither true nor false, but a value of type {major}"),
        }
    }
}

impl Take for String {
    fn take(from: &mut Input) -> Result<Self> {
        Ok(from.text()?.to_owned())
    }
}

impl<T: Take> Take for Option<T> {
    fn take(from: &mut Input) -> Result<Self> {
        let null = SIMPLE << 5 | NULL as u8;
        if from.bytes.fill_buf()?.first() == Some(&null) {
            from.byte()?;
            return Ok(None);
        }
        T::take(from).map(Some)
    }
}

impl<T: Take> Take for Vec<T> {
    fn take(from: &mut Input) -> Result<Self> {
        let length = from.length()?;
        (0..length).map(|_| T::take(from)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Seek, Write};

    use super::*;

    fn input(bytes: &[u8]) -> Input {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file.rewind().unwrap();
        Input::of(file, bytes.len() as u64)
    }

    #[test]
    fn values_are_read_as_the_standard_has_them() {
        // Of its appendix A.
        let input = &mut input(b"\x17\x18\x18\x19\x01\x00\x1a\x00\x01\x00\x00\x38\x63\x64IETF");
        for number in [23, 24, 256, 65_536] {
            assert_eq!(u64::take(input).unwrap(), number);
        }
        assert_eq!(i32::take(input).unwrap(), -100);
        assert_eq!(String::take(input).unwrap(), "IETF");
        assert!(input.is_over().unwrap());
    }

    #[test]
    fn what_is_skipped_is_whole() {
        let input = &mut input(&[0x83, 1, 0x82, 2, 0x61, b'a', 0xf6, 0xf5, 0x81, 7, 0xf6]);
        input.skip().unwrap();
        assert!(bool::take(input).unwrap());
        assert_eq!(Vec::<u32>::take(input).unwrap(), [7]);
        assert_eq!(<Option<u32> as Take>::take(input).unwrap(), None);
    }

    #[test]
    fn what_is_no_value_or_another_is_an_error() {
        for bytes in [&b""[..], b"\x18", b"\x1c", b"\x62a", b"\x61\xff", b"\xf5"] {
            assert!(String::take(&mut input(bytes)).is_err(), "{bytes:?}");
        }
        assert!(u8::take(&mut input(&[0x19, 1, 0])).is_err());
        assert!(input(&[0x62, b'a']).skip().is_err());
    }
}
