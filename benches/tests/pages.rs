//! The pages under *What it costs* show what the data file says.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use ::pages::place;
use costs::{Measured, data, pages};

fn root() -> PathBuf {
    place::root().expect("the book's folder")
}

fn measured() -> Measured {
    Measured::read(&data::path(&root())).expect("the data file")
}

#[test]
fn pages_and_plots_are_those_of_the_data() {
    for (file, text) in pages::files(&root()).expect("what the pages should be") {
        let found = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            found == text,
            "{} is not what src/cost/measured.json and the programs say: run cargo bench -- --pages",
            file.display()
        );
    }
}

#[test]
fn no_plot_lies_about_that_no_page_shows() {
    let shown: BTreeSet<PathBuf> =
        pages::files(&root()).expect("the files").into_iter().map(|(file, _)| file).collect();
    for entry in fs::read_dir(root().join("src/cost/plots")).expect("the plots") {
        let file = entry.expect("a plot").path();
        assert!(shown.contains(&file), "{} is on no page: remove it", file.display());
    }
}

#[test]
fn every_figure_is_within_its_spread_and_no_sleep_is_short() {
    let groups = measured().groups;
    for (name, group) in &groups {
        for f in &group.figures {
            let what = format!("{name}: {}, {}, {}", f.what, f.by, f.metric);
            assert!(f.low <= f.median && f.median <= f.high && f.low >= 0.0, "{what}: {f:?}");
            assert!(f.rounds > 1, "{what} has no spread");
            let sleep = (name.as_str(), f.metric.as_str()) == ("sleepers", "time");
            assert!(!sleep || f.low >= 1.0, "{what}: a second took {} s", f.low);
        }
    }
}
