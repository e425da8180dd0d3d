//! Which versions of tokio the stand-in can stand in for, and what it leaves out
//! beside an older one.
//!
//! The stand-in in `crates/rec-tokio` is written for the newest tokio. What came
//! into it later than [`OLDEST`] has `#[cfg(not(before = "1.47"))]` there, and
//! who compiles it beside an older tokio says so: `--cfg before="1.47"`.

use anyhow::{Context, Result, ensure};
use semver::Version;
use serde::Deserialize;

/// The oldest 1.x that the stand-in knows how to stand in for.
const OLDEST: u64 = 38;

/// One that it is tested with.
const NEWEST: &str = "1.54.1";

/// The 1.x with which something came that the stand-in has, and what.
const SINCE: [(u64, &str); 7] = [
    (39, "watch::Sender::same_channel, AbortHandle: Clone"),
    (44, "task::coop, broadcast::WeakSender, broadcast::Sender::closed"),
    (46, "LocalRuntime, whose options were borrowed before; OwnedPermit::same_channel"),
    (47, "SetOnce"),
    (49, "io::Chain"),
    (51, "runtime::worker_index, Builder::name"),
    (54, "Builder::max_io_events_per_busy_tick, Semaphore::blocking_acquire"),
];

/// Up to here the stand-in needs what is tokio's own, but unstable: the numbers
/// of runtimes and tasks, `LocalRuntime`, `worker_index`.
const STABLE: u64 = 54;

/// The flags for the stand-in beside this tokio.
pub(super) fn cfgs(version: &str) -> Vec<String> {
    let Ok(version) = Version::parse(version) else { return Vec::new() };
    let later = SINCE.iter().filter(|(since, _)| version.minor < *since);
    later.flat_map(|(since, _)| ["--cfg".into(), format!("before=\"1.{since}\"")]).collect()
}

/// The flags for this tokio itself.
pub(super) fn unstable(version: &str) -> &'static [&'static str] {
    match Version::parse(version) {
        Ok(version) if version.minor < STABLE => &["--cfg", "tokio_unstable"],
        _ => &[],
    }
}

/// A package in a lock file.
#[derive(Deserialize)]
struct Locked {
    name: String,
    version: Version,
}

/// The versions of tokio in a lock file.
pub(super) fn tokios(lock: &str) -> Vec<Version> {
    // Parsing all of it would take longer than all else before a program runs.
    let entries = lock.split("[[package]]").filter(|entry| entry.contains("\"tokio\""));
    let locked = entries.filter_map(|entry| toml::from_str::<Locked>(entry).ok());
    locked.filter(|entry| entry.name == "tokio").map(|entry| entry.version).collect()
}

/// `tokio 1.54.1`, out of the lock file.
pub(super) fn tokio_version(lock: &str) -> Result<String> {
    // Of several the one that can be recorded counts, or else the newest.
    let newest =
        tokios(lock).into_iter().max_by_key(|version| (is_known(version), version.clone()));
    let version = newest.context("Cargo.lock has no tokio: run `cargo update --workspace`")?;
    ensure!(is_known(&version), "{}", unknown(&version));
    Ok(format!("tokio {version}"))
}

/// Whether this version of tokio can be recorded.
pub(super) fn is_supported(version: &str) -> bool {
    Version::parse(version).is_ok_and(|version| is_known(&version))
}

fn is_known(version: &Version) -> bool {
    version.major == 1 && version.minor >= OLDEST
}

fn unknown(version: &Version) -> String {
    let what = format!("tokio {version} cannot be recorded, only 1.{OLDEST} and later 1.x");
    match version.major {
        1 => format!(
            "{what}. `cargo update -p tokio@{version} --precise {NEWEST}` takes one; that changes \
             Cargo.lock, so do it in a copy: one without the folder `target` is enough"
        ),
        _ => format!("{what}, and no `cargo update` leads there from {version}"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn lock(version: &str) -> String {
        format!("[[package]]\nname = \"tokio\"\nversion = \"{version}\"\nsource = \"…\"\n")
    }

    #[test]
    fn the_runtime_is_that_of_the_lock_file() {
        assert_eq!(tokio_version(&lock("1.54.1")).unwrap(), "tokio 1.54.1");
        assert_eq!(tokio_version(&lock("1.38.0")).unwrap(), "tokio 1.38.0");
    }

    #[test]
    fn a_tokio_that_cannot_be_recorded_is_refused_by_name() {
        for version in ["1.37.0", "2.0.0", "0.2.25"] {
            let error = tokio_version(&lock(version)).unwrap_err().to_string();
            assert!(error.contains(version), "{error}");
            assert_eq!(error.contains("--precise"), version == "1.37.0", "{error}");
        }
        assert!(tokio_version("").is_err());
    }

    #[test]
    fn the_lock_file_may_have_any_line_ends_and_packages_that_need_tokio() {
        let needs =
            "[[package]]\nname = \"a\"\nversion = \"2.0.0\"\ndependencies = [\n \"tokio\",\n]\n";
        let lock = format!("version = 4\n\n{needs}\n{}", lock("1.54.1"));
        assert_eq!(tokio_version(&lock).unwrap(), "tokio 1.54.1");
        assert_eq!(tokio_version(&lock.replace('\n', "\r\n")).unwrap(), "tokio 1.54.1");
        assert!(tokios(needs).is_empty());
    }

    #[test]
    fn of_two_versions_of_tokio_the_one_counts_that_can_be_recorded() {
        for both in [["0.2.25", "1.54.1"], ["1.54.1", "0.2.25"]] {
            assert_eq!(tokio_version(&both.map(lock).concat()).unwrap(), "tokio 1.54.1");
        }
    }

    #[test]
    fn an_older_tokio_is_said_to_be_before_all_that_came_later() {
        assert_eq!(cfgs("1.51.6"), ["--cfg", "before=\"1.54\""]);
        assert_eq!(cfgs("1.38.0").len(), 2 * SINCE.len());
        assert!(cfgs("1.54.0").is_empty() && unstable("1.54.0").is_empty());
        assert_eq!(unstable("1.53.9"), ["--cfg", "tokio_unstable"]);
    }

    /// The versions that `text` names as `before="1.47"` or in a list of values.
    fn named(text: &str) -> BTreeSet<u64> {
        let after = text.split("\"1.").skip(1);
        after.filter_map(|rest| rest.split_once('"')?.0.parse().ok()).collect()
    }

    #[test]
    fn the_table_and_the_stand_in_name_the_same_versions() {
        let stand_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rec-tokio");
        let table: BTreeSet<u64> = SINCE.iter().map(|(since, _)| *since).collect();
        let mut used = BTreeSet::new();
        for file in super::super::project::sources(&stand_in.join("src"), Path::new("")) {
            let text = std::fs::read_to_string(file).unwrap();
            used.extend(text.lines().filter(|line| line.contains("before = \"")).flat_map(named));
        }
        assert_eq!(used, table);
        let manifest = std::fs::read_to_string(stand_in.join("Cargo.toml")).unwrap();
        let declared = manifest.lines().find(|line| line.contains("cfg(before, values(")).unwrap();
        assert_eq!(named(declared), table);
    }
}
