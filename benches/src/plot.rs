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
    /// Pixels.
    pub size: (u32, u32),
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

    fn place(&self, value: f64) -> f64 {
        if self.log { value.max(self.range.0).log10() } else { value }
    }

    fn span(&self) -> (f64, f64) {
        (self.place(self.range.0), self.place(self.range.1))
    }
}

const LEGEND: i32 = 26;
const BOTTOM: i32 = 46;

impl Plot {
    /// The SVG for pages of `theme`.
    ///
    /// # Errors
    ///
    /// If it cannot be drawn, as with an axis of no length.
    pub fn svg(&self, theme: Theme) -> Result<String> {
        let mut svg = String::new();
        {
            let area = SVGBackend::with_string(&mut svg, self.size).into_drawing_area();
            self.draw(&area, theme).map_err(|error| anyhow!("cannot draw: {error}"))?;
        }
        // Grows and shrinks with the page.
        let (width, height) = self.size;
        let fixed = format!("width=\"{width}\" height=\"{height}\" viewBox");
        Ok(svg.replacen(&fixed, "viewBox", 1) + "\n")
    }

    fn draw(&self, area: &Area<'_>, theme: Theme) -> Result<(), Error> {
        let ink = theme.ink();
        let text = ("sans-serif", 14).into_font().color(&ink);
        let (width, height) = (self.size.0 as i32, self.size.1 as i32);
        let longest = self.y.ticks.iter().map(|(_, name)| name.chars().count()).max().unwrap_or(0);
        let (left, top) = (longest as i32 * 8 + 20, LEGEND + 24);
        let (right, bottom) = (width - 24, height - BOTTOM);
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
        area.draw(&Text::new(&*self.y.title, (4, LEGEND + 14), anchor(HPos::Left, VPos::Bottom)))?;
        let titled = (right, LEGEND + 14);
        area.draw(&Text::new(&*self.title, titled, anchor(HPos::Right, VPos::Bottom)))?;
        let mut x = 8;
        for series in &self.series {
            let color = theme.of(series.who);
            mark(area, series.who.shape, (x, 12), color)?;
            let name = Text::new(series.who.name, (x + 11, 12), anchor(HPos::Left, VPos::Center));
            area.draw(&name)?;
            x += 30 + series.who.name.chars().count() as i32 * 8;
        }
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

/// The name of a row, and in it: who, and the lowest, the middle, the highest value.
pub type Row = (String, Vec<(Who, [f64; 3])>);

/// Rows from top to bottom, and in each a mark for each of those measured.
pub struct Rows {
    /// The scale.
    pub x: Axis,
    /// From top to bottom.
    pub rows: Vec<Row>,
    /// Pixels from left to right.
    pub width: u32,
}

impl Rows {
    /// The SVG for pages of `theme`.
    ///
    /// # Errors
    ///
    /// If it cannot be drawn.
    pub fn svg(&self, theme: Theme) -> Result<String> {
        let mut svg = String::new();
        let size = (self.width, 30 * self.rows.len() as u32 + LEGEND as u32 + BOTTOM as u32 + 10);
        {
            let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            self.draw(&area, size, theme).map_err(|error| anyhow!("cannot draw: {error}"))?;
        }
        let fixed = format!("width=\"{}\" height=\"{}\" viewBox", size.0, size.1);
        Ok(svg.replacen(&fixed, "viewBox", 1) + "\n")
    }

    fn draw(&self, area: &Area<'_>, size: (u32, u32), theme: Theme) -> Result<(), Error> {
        let text = ("sans-serif", 14).into_font().color(&theme.ink());
        let anchor = |h, v| text.pos(Pos::new(h, v));
        let longest = self.rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        let (left, right) = (longest as i32 * 7 + 24, size.0 as i32 - 24);
        let (top, bottom) = (LEGEND + 6, size.1 as i32 - BOTTOM);
        let (x0, x1) = self.x.span();
        let along = |value: f64| {
            let share = (self.x.place(value) - x0) / (x1 - x0);
            left + (share * f64::from(right - left)).round() as i32
        };
        for (value, name) in &self.x.ticks {
            let x = along(*value);
            area.draw(&PathElement::new(vec![(x, top), (x, bottom)], theme.faint()))?;
            area.draw(&Text::new(name.clone(), (x, bottom + 6), anchor(HPos::Center, VPos::Top)))?;
        }
        let below = ((left + right) / 2, size.1 as i32 - 4);
        area.draw(&Text::new(&*self.x.title, below, anchor(HPos::Center, VPos::Bottom)))?;
        let mut legend: Vec<Who> = vec![];
        for (index, (name, values)) in self.rows.iter().enumerate() {
            let y = top + 15 + index as i32 * 30;
            area.draw(&PathElement::new(vec![(left, y), (right, y)], theme.faint()))?;
            let place = (left - 10, y);
            area.draw(&Text::new(&**name, place, anchor(HPos::Right, VPos::Center)))?;
            for (who, [low, middle, high]) in values {
                let color = theme.of(*who);
                let spread = vec![(along(*low), y), (along(*high), y)];
                area.draw(&PathElement::new(spread, color.stroke_width(3)))?;
                mark(area, who.shape, (along(*middle), y), color)?;
                if !legend.iter().any(|other| other.by == who.by) {
                    legend.push(*who);
                }
            }
        }
        let mut x = 8;
        for who in crate::names::ALL.iter().filter(|who| legend.iter().any(|w| w.by == who.by)) {
            mark(area, who.shape, (x, 12), theme.of(*who))?;
            let place = (x + 11, 12);
            area.draw(&Text::new(who.name, place, anchor(HPos::Left, VPos::Center)))?;
            x += 30 + who.name.chars().count() as i32 * 8;
        }
        Ok(())
    }
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Error = DrawingAreaErrorKind<<SVGBackend<'static> as DrawingBackend>::ErrorType>;

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

    fn faint(self) -> RGBAColor {
        self.ink().mix(0.2)
    }

    fn of(self, who: Who) -> RGBColor {
        let (r, g, b) = if self == Theme::Light { who.light } else { who.dark };
        RGBColor(r, g, b)
    }
}

fn mark(area: &Area<'_>, shape: Shape, at: (i32, i32), color: RGBColor) -> Result<(), Error> {
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
