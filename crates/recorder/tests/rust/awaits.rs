//! The chain of awaits at each suspension.

use recorder::program::Options;
use recording::event::What;

use crate::support::program;

#[test]
fn each_leaf_has_the_chain_of_awaits_that_leads_to_it() {
    let options = Options { awaits: true, ..Options::default() };
    let recording = program("awaits").start(&options).unwrap().into_recording().unwrap();
    let pending = recording.events.iter().filter_map(|event| match &event.what {
        What::Pending { awaits, .. } => Some(awaits),
        _ => None,
    });
    let chains: Vec<Vec<String>> = pending
        .map(|awaits| {
            let chain = awaits.iter().map(|chain| {
                let stands = chain.iter().map(|one| match one.line {
                    Some(line) => format!("{}:{line}", one.name),
                    None => one.name.clone(),
                });
                stands.collect::<Vec<_>>().join(" > ")
            });
            chain.collect()
        })
        .collect();
    assert_eq!(
        chains,
        [
            vec!["main:52 > outer:27 > Mine<F>:18 > naps:23"],
            vec!["main:53 > down:33 > down:32 > naps:23"],
            vec!["main:54 > either:44", "main:54 > either:44 > naps:23"],
            vec![
                "main:61 > both:38 > naps:23",
                "main:61 > both:39 > tokio::sync::mutex::Mutex<T>::lock",
                "main:58 > naps:23",
            ],
        ]
    );
    let plain = program("awaits").start(&Options::default()).unwrap().into_recording().unwrap();
    let is_told = |what: &What| matches!(what, What::Pending { awaits, .. } if !awaits.is_empty());
    assert!(!plain.events.iter().any(|event| is_told(&event.what)), "nobody has asked for it");
}
