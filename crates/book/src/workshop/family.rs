//! All processes that a job has started, and their end.
//!
//! A program may start others, put them into process groups of their own and
//! let them lose their parent. What they keep is their environment, so a job
//! has a mark there by which every descendant is found. On systems without
//! `/proc` only the job's own process group is known.

use std::collections::HashSet;
use std::fs;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, getpgid, getpgrp, kill_process, kill_process_group};

/// The environment variable that carries the mark.
pub const VARIABLE: &str = "CONTEXT_SWITCH_JOB";

/// How often the end is tried: a process may be born while others are killed.
const ATTEMPTS: usize = 50;

/// The processes of one job.
#[derive(Clone, Debug)]
pub struct Family {
    /// The whole entry of the environment, `NAME=value`.
    entry: String,
    /// The process group that the job began with.
    group: Pid,
}

impl Family {
    /// Of the job that was started with `mark` in [`VARIABLE`], as the head of
    /// the process group `group`.
    pub fn new(mark: &str, group: Pid) -> Self {
        Self { entry: format!("{VARIABLE}={mark}"), group }
    }

    /// Those that live, as far as this process may see them.
    pub fn living(&self) -> Vec<Pid> {
        let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
        let pids = entries.flatten().filter_map(|entry| {
            let pid = entry.file_name().to_str()?.parse().ok()?;
            Pid::from_raw(pid)
        });
        pids.filter(|pid| self.has(*pid)).collect()
    }

    fn has(&self, pid: Pid) -> bool {
        // A process that is dead and not yet collected has no environment.
        let Ok(environment) = fs::read(format!("/proc/{}/environ", pid.as_raw_nonzero())) else {
            return false;
        };
        environment.split(|byte| *byte == 0).any(|entry| entry == self.entry.as_bytes())
    }

    /// Kills them all, which no process can ignore, and those that they start meanwhile.
    pub fn kill(&self) {
        let own = getpgrp();
        let _ = kill_process_group(self.group, Signal::KILL);
        for _ in 0..ATTEMPTS {
            let living = self.living();
            if living.is_empty() {
                return;
            }
            // A whole group at a blow leaves it no time to fork.
            let groups: HashSet<_> =
                living.iter().filter_map(|pid| getpgid(Some(*pid)).ok()).collect();
            for group in groups.into_iter().filter(|group| *group != own) {
                let _ = kill_process_group(group, Signal::KILL);
            }
            for pid in living {
                let _ = kill_process(pid, Signal::KILL);
            }
            thread::sleep(Duration::from_millis(2));
        }
    }
}
