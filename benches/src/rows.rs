//! A plot of rows: a scale from left to right, and below each other what is
//! compared on it.

use anyhow::Result;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::names::{self, Who};
use crate::plot::{Area, Axis, BOTTOM, Error, Theme, WIDTH, drawing, legend, mark, places};

/// The name of a row, and in it: who, and the lowest, the middle, the highest value.
pub type Row = (String, Vec<(Who, [f64; 3])>);

/// Rows from top to bottom, each with its name above it and a mark for each of those
/// measured.
pub struct Rows {
    /// The scale.
    pub x: Axis,
    /// From top to bottom.
    pub rows: Vec<Row>,
}

impl Rows {
    /// Pixels from one to the next.
    const ROW: i32 = 40;

    /// The SVG for pages of `theme`.
    ///
    /// # Errors
    ///
    /// If it cannot be drawn.
    pub fn svg(&self, theme: Theme) -> Result<String> {
        let whos = self.whos();
        let height = Self::ROW * self.rows.len() as i32 + places(&whos).1 + 12 + BOTTOM;
        drawing(height as u32, |area| self.draw(area, &whos, height, theme))
    }

    /// Those with a mark in any row, in the order of the legend.
    fn whos(&self) -> Vec<Who> {
        let marked = |who: &&Who| {
            self.rows.iter().flat_map(|(_, values)| values).any(|(other, _)| other.by == who.by)
        };
        names::ALL.iter().filter(marked).copied().collect()
    }

    fn draw(&self, area: &Area<'_>, whos: &[Who], height: i32, theme: Theme) -> Result<(), Error> {
        let text = theme.text();
        let anchor = |h, v| text.pos(Pos::new(h, v));
        let top = legend(area, whos, theme)?;
        let (left, right) = (8, WIDTH as i32 - 24);
        let bottom = height - BOTTOM;
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
        let below = ((left + right) / 2, height - 4);
        area.draw(&Text::new(&*self.x.title, below, anchor(HPos::Center, VPos::Bottom)))?;
        for (index, (name, values)) in self.rows.iter().enumerate() {
            let y = top + (index as i32 + 1) * Self::ROW;
            area.draw(&PathElement::new(vec![(left, y), (right, y)], theme.faint()))?;
            let above = (left, y - 9);
            area.draw(&Text::new(&**name, above, anchor(HPos::Left, VPos::Bottom)))?;
            for (who, [low, middle, high]) in values {
                let color = theme.of(*who);
                let spread = vec![(along(*low), y), (along(*high), y)];
                area.draw(&PathElement::new(spread, color.stroke_width(3)))?;
                mark(area, who.shape, (along(*middle), y), color)?;
            }
        }
        Ok(())
    }
}
