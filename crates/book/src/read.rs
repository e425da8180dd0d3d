//! `cargo run`: the book in a browser, following every change of its sources.
//!
//! One thread waits for changes and builds; a server shows the last build that
//! succeeded and tells the open pages of the next one.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`site`] | what is served: the last good build, and what is wrong with the next |
//! | [`server`] | the pages over HTTP, and news over a WebSocket |
//! | [`programs`] | which programs are not what was recorded |
//! | [`watch`] | changes on disk, and what each of them means |
//! | [`client`] | who is at the other end of a connection |

pub mod client;
pub mod programs;
pub mod server;
pub mod site;
pub mod watch;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Args;

use self::site::Site;
use self::watch::Change;
use crate::workshop::Workshop;

/// How to read the book.
#[derive(Debug, Args)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes any that is free
    #[arg(long, default_value_t = 3000)]
    pub port: u16,
    /// Print the address and open no browser
    #[arg(long)]
    pub no_open: bool,
}

/// Builds the book at `root` and serves it until Ctrl-C.
///
/// The address goes to stdout as soon as it answers, everything else to stderr.
///
/// # Errors
///
/// If the port is taken, or there is no room for the built pages. A book that
/// does not build is no error: the page says what is wrong, and goes on.
pub fn read(root: &Path, options: &Options) -> Result<()> {
    // The port first: a second reader should not wait for a build to hear it.
    let listener = listen(options.port)?;
    let address = format!("http://{}/", listener.local_addr()?);
    let runtime = tokio::runtime::Runtime::new()?;
    let closed = runtime.block_on(async { server::closed() });
    many_files();
    let site = Arc::new(Site::new()?);
    let tracer = std::env::current_exe().context("this program does not know its own file")?;
    let port = listener.local_addr()?.port();
    let workshop = Arc::new(Workshop::new(root.to_owned(), tracer, port)?);
    let (changes, watcher) = watch::watch(root);
    compare(root, &site);
    build(root, &site);
    if *closed.borrow() {
        eprintln!("closed");
        return Ok(());
    }

    let builder = thread::spawn({
        let (root, site) = (root.to_owned(), site.clone());
        move || follow(&root, &site, &changes)
    });
    runtime.block_on(async {
        let server = server::serve(listener, site.clone(), workshop, closed);
        trace::say::print(&address)?;
        eprintln!("Ctrl-C ends it");
        if !options.no_open {
            trace::browser::open_on_a_desktop(&address);
        }
        server.await
    })?;
    // Without its watcher the builder finds no more changes and ends; then
    // nobody writes to the site's folder, and it can go.
    drop(watcher);
    let _ = builder.join();
    eprintln!("closed");
    Ok(())
}

/// Lets this process have as many open files as it may: each reader takes two, a
/// connection and a page.
fn many_files() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
        // Where that is refused, the usual number has to do.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    }
}

fn listen(port: u16) -> Result<TcpListener> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = TcpListener::bind(address).with_context(|| {
        let other = if port == 3000 { 3001 } else { 3000 };
        format!("cannot use {address}: choose another port with `cargo run -- --port {other}`")
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Builds at every change, until the watcher is gone.
fn follow(root: &Path, site: &Site, changes: &Receiver<Vec<Change>>) {
    while let Ok(mut found) = changes.recv() {
        // What came during the last build is one more build, not several.
        found.extend(changes.try_iter().flatten());
        compare(root, site);
        if found.contains(&Change::Pages) {
            build(root, site);
        }
    }
}

/// Says which programs are not what the pages show.
fn compare(root: &Path, site: &Site) {
    // Pages that cannot be read are an error of the build, which says so.
    let Ok(unrecorded) = programs::unrecorded(root) else { return };
    for name in site.unrecorded(unrecorded) {
        eprintln!("{name} has changed: `cargo run -- record {name}` brings its pages up to date");
    }
}

fn build(root: &Path, site: &Site) {
    let began = Instant::now();
    eprintln!("building the book");
    match site.build(root) {
        Ok(warnings) => {
            for warning in warnings {
                eprintln!("warning: {warning}");
            }
            eprintln!("built in {:.1} s", began.elapsed().as_secs_f32());
        }
        Err(error) => eprintln!("error: {error}\nthe pages stay as they were until it is mended"),
    }
}
