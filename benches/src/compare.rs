//! Whether two measurements agree: in their ratios, not in their figures.

use crate::data::{Figure, Group};
use crate::units::times;

/// The figures that `figure` is held against: the floor of the same thing if it
/// has one, else the first that was measured of it.
fn base<'a>(group: &'a Group, figure: &Figure) -> Option<&'a Figure> {
    let same = |f: &&Figure| f.what == figure.what && f.x == figure.x && f.metric == figure.metric;
    let of_same = || group.figures.iter().filter(same);
    let base = of_same().find(|f| f.by == "floor").or(of_same().next())?;
    (base.by != figure.by).then_some(base)
}

/// Says for how many ratios of the group `name` the spread of `before` and that
/// of `after` overlap, and names those for which they do not.
pub fn compare(name: &str, before: &Group, after: &Group) -> String {
    let (mut agree, mut text) = (0, String::new());
    for figure in &before.figures {
        let Some(then) = base(before, figure) else { continue };
        let now = |f: &Figure| after.figure(&f.what, &f.by, f.x, &f.metric);
        let (Some(new), Some(new_base)) = (now(figure), now(then)) else { continue };
        let (old, new) = (figure.over(then), new.over(new_base));
        if old.agrees(&new) {
            agree += 1;
            continue;
        }
        let x = figure.x.map(|x| format!(" {x}")).unwrap_or_default();
        text += &format!(
            "  {}{x}, {} of {} over {}: {} ({} – {}), now {} ({} – {})\n",
            figure.what,
            figure.metric,
            figure.by,
            then.by,
            times(old.middle),
            times(old.low),
            times(old.high),
            times(new.middle),
            times(new.low),
            times(new.high),
        );
    }
    let apart = text.lines().count();
    format!("{name}: {agree} of {} ratios agree within their spread\n{text}", agree + apart)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Machine;

    fn group(asyncio: [f64; 2]) -> Group {
        let figure = |by, rounds: &[f64]| {
            Figure::of_rounds(rounds, "yield", by, None, "time", "ns").expect("rounds")
        };
        Group {
            machine: Machine {
                cpu: "one".into(),
                cores: 2,
                memory_mib: 1,
                kernel: "Linux".into(),
                rustc: "1".into(),
                tokio: "1".into(),
                python: None,
            },
            date: "2026-01-31 12:00".into(),
            took_s: 1,
            load_before: 0.0,
            figures: vec![figure("floor", &[1.0, 1.1]), figure("asyncio", &asyncio)],
            left_out: vec![],
        }
    }

    #[test]
    fn ratios_agree_when_their_spreads_overlap() {
        let text = compare("switch", &group([10.0, 12.0]), &group([11.5, 13.0]));
        assert_eq!(text, "switch: 1 of 1 ratios agree within their spread\n");
    }

    #[test]
    fn a_ratio_that_moved_is_named() {
        let text = compare("switch", &group([10.0, 12.0]), &group([20.0, 22.0]));
        assert!(text.starts_with("switch: 0 of 1 ratios"), "{text}");
        assert!(text.contains("yield, time of asyncio over floor: 10 ×"), "{text}");
    }
}
