//! Plots as SVG, each in two variants: for light pages and for dark ones.
//!
//! Both have no background of their own. Each series has a colour and a mark, so
//! that nobody has to tell colours apart.

use anyhow::{Result, anyhow};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::names::{Shape, Who};

/// For which pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// One axis: where it begins and ends, and which values it names.
pub struct Axis {
    /// What it shows.
    pub title: String,
    /// Logarithmic or not.
    pub log: bool,
    /// The first and the last value.
    pub range: (f64, f64),
    /// The values that get a line and a name.
    pub ticks: Vec<(f64, String)>,
}

/// The values of one of those measured: x, and of y the lowest, the middle, the
/// highest.
pub struct Series {
    /// Whose.
    pub who: Who,
    /// Drawn from left to right.
    pub points: Vec<(f64, [f64; 3])>,
    /// Whether a line joins them.
    pub joined: bool,
}

/// A plot.
pub struct Plot {
    /// Above it; empty for none.
    pub title: String,
    /// To the right.
    pub x: Axis,
    /// Upward.
    pub y: Axis,
    /// What is drawn.
    pub series: Vec<Series>,
    /// Pixels from top to bottom.
    pub height: u32,
}

impl Axis {
    /// A logarithmic axis around `values`, named at the powers of ten.
    pub fn log(title: &str, values: impl Iterator<Item = f64>, name: fn(f64) -> String) -> Self {
        let logs: Vec<f64> = values.filter(|v| *v > 0.0).map(f64::log10).collect();
        let low = logs.iter().copied().fold(f64::INFINITY, f64::min);
        let high = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (low, high) = if low.is_finite() { (low - 0.1, high + 0.1) } else { (0.0, 1.0) };
        let powers = (low.ceil() as i32)..=(high.floor() as i32);
        let mut ticks: Vec<f64> = powers.map(|power| 10f64.powi(power)).collect();
        if ticks.len() < 3 {
            let finer = [2.0, 5.0].map(|f| ticks.iter().map(move |t| t * f).collect::<Vec<_>>());
            let below = ticks.first().map(|t| [t * 0.2, t * 0.5]).unwrap_or_default();
            ticks.extend(finer.concat());
            ticks.extend(below);
            ticks.retain(|t| (low..=high).contains(&t.log10()));
        }
        let ticks = ticks.into_iter().map(|tick| (tick, name(tick))).collect();
        let range = (10f64.powf(low), 10f64.powf(high));
        Axis { title: title.into(), log: true, range, ticks }
    }

    pub(crate) fn place(&self, value: f64) -> f64 {
        if self.log { value.max(self.range.0).log10() } else { value }
    }

    pub(crate) fn span(&self) -> (f64, f64) {
        (self.place(self.range.0), self.place(self.range.1))
    }
}

/// Pixels from left to right: few, so that a plot can be read on a telephone without
/// being scrolled.
pub(crate) const WIDTH: u32 = 420;
/// For the names along the lower edge, and the title below them.
pub(crate) const BOTTOM: i32 = 48;
/// What plotters calls 16 comes out as 13 pixels.
const TEXT: i32 = 16;
/// One letter of that, and a little.
const LETTER: i32 = 7;
/// From one line of the legend to the next.
const LEGEND_LINE: i32 = 22;

impl Plot {
    /// The SVG for pages of `theme`.
    ///
    /// # Errors
    ///
    /// If it cannot be drawn, as with an axis of no length.
    pub fn svg(&self, theme: Theme) -> Result<String> {
        drawing(self.height, |area| self.draw(area, theme))
    }

    fn draw(&self, area: &Area<'_>, theme: Theme) -> Result<(), Error> {
        let text = theme.text();
        let whos: Vec<Who> = self.series.iter().map(|series| series.who).collect();
        let legend = legend(area, &whos, theme)?;
        let height = self.height as i32;
        let longest = longest(self.y.ticks.iter().map(|(_, name)| name.as_str()));
        let (left, top) = (longest + 14, legend + 34);
        let (right, bottom) = (WIDTH as i32 - 24, height - BOTTOM);
        let ((x0, x1), (y0, y1)) = (self.x.span(), self.y.span());
        let at = |x: f64, y: f64| {
            let along = (self.x.place(x) - x0) / (x1 - x0);
            let up = (self.y.place(y) - y0) / (y1 - y0);
            let x = f64::from(left) + along * f64::from(right - left);
            (x.round() as i32, (f64::from(bottom) - up * f64::from(bottom - top)).round() as i32)
        };
        let anchor = |h, v| text.pos(Pos::new(h, v));
        for (value, name) in &self.x.ticks {
            let (x, _) = at(*value, self.y.range.0);
            area.draw(&PathElement::new(vec![(x, top), (x, bottom)], theme.faint()))?;
            area.draw(&Text::new(name.clone(), (x, bottom + 6), anchor(HPos::Center, VPos::Top)))?;
        }
        for (value, name) in &self.y.ticks {
            let (_, y) = at(self.x.range.0, *value);
            area.draw(&PathElement::new(vec![(left, y), (right, y)], theme.faint()))?;
            let place = (left - 8, y);
            area.draw(&Text::new(name.clone(), place, anchor(HPos::Right, VPos::Center)))?;
        }
        let below = ((left + right) / 2, height - 4);
        area.draw(&Text::new(&*self.x.title, below, anchor(HPos::Center, VPos::Bottom)))?;
        area.draw(&Text::new(&*self.y.title, (4, top - 10), anchor(HPos::Left, VPos::Bottom)))?;
        let titled = (right, top - 10);
        area.draw(&Text::new(&*self.title, titled, anchor(HPos::Right, VPos::Bottom)))?;
        for series in &self.series {
            let color = theme.of(series.who);
            let middles = series.points.iter().map(|(x, [_, y, _])| at(*x, *y));
            if series.joined {
                area.draw(&PathElement::new(middles.collect::<Vec<_>>(), color.stroke_width(2)))?;
            }
            for (x, [low, middle, high]) in &series.points {
                let spread = vec![at(*x, *low), at(*x, *high)];
                area.draw(&PathElement::new(spread, color.stroke_width(1)))?;
                mark(area, series.who.shape, at(*x, *middle), color)?;
            }
        }
        Ok(())
    }
}

/// An SVG that grows and shrinks with the page.
pub(crate) fn drawing(
    height: u32,
    draw: impl FnOnce(&Area<'_>) -> Result<(), Error>,
) -> Result<String> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (WIDTH, height)).into_drawing_area();
        draw(&area).map_err(|error| anyhow!("cannot draw: {error}"))?;
    }
    let fixed = format!("width=\"{WIDTH}\" height=\"{height}\" viewBox");
    Ok(svg.replacen(&fixed, "viewBox", 1) + "\n")
}

/// Where each name of a legend begins, in as many lines as it takes, and where the
/// last line ends.
pub(crate) fn places(whos: &[Who]) -> (Vec<(i32, i32)>, i32) {
    let (mut x, mut y) = (8, 12);
    let mut places = vec![];
    for who in whos {
        let length = 11 + longest(std::iter::once(who.name));
        if x + length > WIDTH as i32 {
            (x, y) = (8, y + LEGEND_LINE);
        }
        places.push((x, y));
        x += length + 14;
    }
    (places, y + 12)
}

/// Draws the legend; returns where it ends.
pub(crate) fn legend(area: &Area<'_>, whos: &[Who], theme: Theme) -> Result<i32, Error> {
    let (places, end) = places(whos);
    for (who, (x, y)) in whos.iter().zip(places) {
        mark(area, who.shape, (x, y), theme.of(*who))?;
        let style = theme.text().pos(Pos::new(HPos::Left, VPos::Center));
        area.draw(&Text::new(who.name, (x + 11, y), style))?;
    }
    Ok(end)
}

/// Pixels of the longest of them.
pub(crate) fn longest<'a>(names: impl Iterator<Item = &'a str>) -> i32 {
    names.map(|name| name.chars().count() as i32 * LETTER).max().unwrap_or(0)
}

/// Where plotters draws.
pub(crate) type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
/// What it may fail with.
pub(crate) type Error = DrawingAreaErrorKind<<SVGBackend<'static> as DrawingBackend>::ErrorType>;

impl Theme {
    /// What the files for these pages have in their names.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    fn ink(self) -> RGBColor {
        match self {
            Theme::Light => RGBColor(0x33, 0x33, 0x33),
            Theme::Dark => RGBColor(0xc8, 0xc9, 0xcb),
        }
    }

    pub(crate) fn text(self) -> TextStyle<'static> {
        ("sans-serif", TEXT).into_font().color(&self.ink())
    }

    pub(crate) fn faint(self) -> RGBAColor {
        self.ink().mix(0.2)
    }

    pub(crate) fn of(self, who: Who) -> RGBColor {
        let (r, g, b) = if self == Theme::Light { who.light } else { who.dark };
        RGBColor(r, g, b)
    }
}

/// Draws the mark of one of those measured.
pub(crate) fn mark(
    area: &Area<'_>,
    shape: Shape,
    at: (i32, i32),
    color: RGBColor,
) -> Result<(), Error> {
    let (x, y) = at;
    match shape {
        Shape::Circle => area.draw(&Circle::new(at, 5, color.filled())),
        Shape::Ring => area.draw(&Circle::new(at, 5, color.stroke_width(2))),
        Shape::Triangle => area.draw(&TriangleMarker::new(at, 6, color.filled())),
        Shape::Square => {
            area.draw(&Rectangle::new([(x - 5, y - 5), (x + 5, y + 5)], color.filled()))
        }
        Shape::Cross => area.draw(&Cross::new(at, 5, color.stroke_width(2))),
    }
}
