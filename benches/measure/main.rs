//! `cargo bench` measures everything, in minutes, writes the data file and
//! refreshes the plots and tables of the pages under *What it costs*.
//! `cargo bench -- --quick` is a look: it prints and writes nothing.
//! `cargo bench -- --pages` measures nothing and refreshes the pages.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`groups`] | what is measured, by pages |
//! | [`ops`] | the single operations, and their floors |
//! | [`micro`] | times one of them |
//! | [`child`] | runs a whole program and counts what it used |
//! | [`machine`] | what it runs on, and what that allows |
//! | [`run`] | rounds, progress, interruption |
//!
//! This executable also starts itself, as the meter of a program, as the client
//! of a server and for each operation; an environment variable says for which.

mod child;
mod groups;
mod machine;
mod micro;
mod ops;
mod run;

use std::process::ExitCode;
use std::sync::atomic::Ordering;

use ::pages::place;
use anyhow::{Context, Result, bail};
use clap::Parser;
use costs::{Group, Measured, data, pages};

use crate::groups::{GROUPS, Named};
use crate::run::{INTERRUPTED, Run};

/// Measures what things cost, and refreshes the book's plots and tables.
#[derive(Parser)]
#[command(name = "cargo bench --", bin_name = "cargo bench --")]
struct Options {
    /// Only these: switch, sleepers, timers, cpu, startup, echo, ways, project
    groups: Vec<String>,
    /// A look: less of everything, printed and not written
    #[arg(long)]
    quick: bool,
    /// Compare the ratios with those of the data file, and write nothing
    #[arg(long)]
    compare: bool,
    /// Measure nothing: refresh the pages from the data file and the programs
    #[arg(long)]
    pages: bool,
    /// Given by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    if micro::answer() {
        return ExitCode::SUCCESS;
    }
    if let Some(code) = child::answer().or_else(groups::client::answer) {
        return code;
    }
    let options = Options::parse();
    let result = if options.bench { measure(&options) } else { try_each() };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Under `cargo test --benches`: every operation once, nothing measured.
fn try_each() -> Result<ExitCode> {
    for (what, by, op) in ops::OPS {
        anyhow::ensure!(!op(3).is_zero() || *by == "floor", "{what}, {by}: took no time");
    }
    println!("{} operations work; cargo bench measures them", ops::OPS.len());
    Ok(ExitCode::SUCCESS)
}

fn measure(options: &Options) -> Result<ExitCode> {
    let chosen = choose(&options.groups)?;
    ctrlc::set_handler(|| {
        // The second time it means it.
        if INTERRUPTED.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        eprintln!("\nstopping after this one, what is measured is kept; again to stop at once");
    })?;
    let root = place::root()?;
    if options.pages {
        pages::refresh(&root)?;
        return Ok(ExitCode::SUCCESS);
    }
    machine::most_files();
    eprintln!("building the programs");
    let interpreter = machine::interpreter();
    let run = Run {
        programs: run::build_programs(&root)?,
        machine: machine::describe(&root, interpreter.as_deref())?,
        interpreter,
        workshop: tempfile::tempdir()?,
        quick: options.quick,
        root,
    };
    let file = data::path(&run.root);
    for &(name, measure) in chosen {
        eprintln!("{name}");
        let (group, interrupted) = measure(&run);
        eprintln!("  {} figures in {} s", group.figures.len(), group.took_s);
        for left_out in &group.left_out {
            eprintln!("  left out: {}: {}", left_out.what, left_out.why);
        }
        if interrupted {
            keep(name, group)?;
            return Ok(ExitCode::from(130));
        }
        let mut measured = Measured::read(&file)?;
        if options.compare {
            let before = measured.groups.get(name).context("the data file has no such group")?;
            print!("{}", costs::compare::compare(name, before, &group));
        } else if options.quick {
            print!("{}", costs::table::all(name, &group));
        } else {
            measured.groups.insert(name.into(), group);
            measured.write(&file)?;
            pages::refresh(&run.root)?;
        }
    }
    if !options.quick && !options.compare {
        eprintln!("wrote {} and the pages under src/cost", file.display());
    }
    Ok(ExitCode::SUCCESS)
}

fn choose(names: &[String]) -> Result<Vec<&'static Named>> {
    for name in names {
        if !GROUPS.iter().any(|(group, _)| group == name) {
            let known: Vec<&str> = GROUPS.iter().map(|(group, _)| *group).collect();
            bail!("there is no group {name:?}, only {}", known.join(", "));
        }
    }
    let wanted = |name: &str| names.is_empty() || names.iter().any(|n| n == name);
    Ok(GROUPS.iter().filter(|(name, _)| wanted(name)).collect())
}

/// A group cut short is no group of the book: its figures go to a file beside.
fn keep(name: &str, group: Group) -> Result<()> {
    let file = run::target()?.join(format!("interrupted-{name}.json"));
    let groups = [(name.to_owned(), group)].into();
    Measured { format: data::FORMAT, groups }.write(&file)?;
    eprintln!("interrupted: {} has what was measured of {name};", file.display());
    eprintln!("the pages keep their figures of {name}, and measure the rest again with");
    eprintln!("cargo bench -- {name}");
    Ok(())
}
