//! Middle and spread of what was measured several times.

/// The value in the middle of `values`, or the mean of the two in the middle.
///
/// ```
/// assert_eq!(costs::stats::median(&[3.0, 1.0, 2.0]), Some(2.0));
/// assert_eq!(costs::stats::median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
/// assert_eq!(costs::stats::median(&[]), None);
/// ```
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    Some(if sorted.len() % 2 == 1 { upper } else { (sorted[middle - 1] + upper) / 2.0 })
}

/// A ratio of two medians, and how far it can be off: the lowest and the highest
/// that the spreads of both leave possible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// Median over median.
    pub middle: f64,
    /// Lowest over highest.
    pub low: f64,
    /// Highest over lowest.
    pub high: f64,
}

impl Ratio {
    /// Whether two measurements of a ratio can both be right.
    ///
    /// ```
    /// use costs::stats::Ratio;
    ///
    /// let first = Ratio { middle: 7.0, low: 6.5, high: 7.5 };
    /// let second = Ratio { middle: 7.6, low: 7.4, high: 7.9 };
    /// let third = Ratio { middle: 9.0, low: 8.0, high: 9.5 };
    /// assert!(first.agrees(&second));
    /// assert!(!first.agrees(&third));
    /// ```
    pub fn agrees(&self, other: &Ratio) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}
