//! The pages over HTTP, and news over a WebSocket.
//!
//! Only the built folder is served, only on the loopback device, and only to
//! who asked for it by that name: a request with another `Host` comes from a
//! page whose own name was pointed at this machine. Pages get one more script,
//! which the built files do not have.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use axum::body::{Body, to_bytes};
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::sync::{mpsc, watch};
use tower_http::services::{ServeDir, ServeFile};

use super::client::Client;
use super::site::Site;
use crate::workshop::{self, Workshop};

/// The script that listens for news.
const LIVE: &str = include_str!("live.js");

/// How long requests may go on once Ctrl-C was pressed.
const GRACE: Duration = Duration::from_secs(1);

/// Serves `site` on `listener` (bound and non-blocking) until `closed` is true.
///
/// # Errors
///
/// If the listener cannot be used.
pub async fn serve(
    listener: TcpListener,
    site: Arc<Site>,
    workshop: Arc<Workshop>,
    closed: watch::Receiver<bool>,
) -> Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let mut is_closed = closed.clone();
    let app = router(site, workshop, closed);
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER);
    // Each connection has one as long as it is open.
    let (open, mut all_closed) = mpsc::channel::<()>(1);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            // Who could close it being gone is an end as well.
            _ = is_closed.wait_for(|closed| *closed) => break,
        };
        let Ok((stream, address)) = accepted else {
            // Of too many open files, say, some will be closed again.
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        // Without the second it could not be seen when a client goes.
        let Ok(client) = Client::of(&stream, address) else { continue };
        let app = app.clone().layer(Extension(client));
        let service = TowerToHyperService::new(app);
        let connection = http.serve_connection(TokioIo::new(stream), service).with_upgrades();
        let (mut is_closed, open) = (is_closed.clone(), open.clone());
        tokio::spawn(async move {
            let _open = open;
            let mut connection = std::pin::pin!(connection);
            let closing = async { drop(is_closed.wait_for(|closed| *closed).await) };
            // What goes wrong with one connection is its client's affair.
            tokio::select! {
                _ = connection.as_mut() => {}
                () = closing => {
                    connection.as_mut().graceful_shutdown();
                    let _ = connection.await;
                }
            }
        });
    }
    drop((listener, open));
    tokio::select! {
        _ = all_closed.recv() => {}
        () = tokio::time::sleep(GRACE) => eprintln!("some requests were cut off"),
    }
    Ok(())
}

/// How long the header of a request may be on its way.
const HEADER: Duration = Duration::from_secs(10);

/// How long to wait where no connection can be taken.
const PAUSE: Duration = Duration::from_millis(100);

/// What the pages are made of.
#[derive(Clone)]
struct Pages {
    site: Arc<Site>,
    /// What a page needs to run programs.
    token: Arc<str>,
}

/// Turns true at Ctrl-C, or when the process is asked to end.
///
/// From now on neither of the two ends the process by itself.
pub fn closed() -> watch::Receiver<bool> {
    let (closing, closed) = watch::channel(false);
    tokio::spawn(async move {
        interrupted().await;
        closing.send_replace(true);
    });
    closed
}

/// All routes. `closed` turns true when the server is about to end.
pub fn router(site: Arc<Site>, workshop: Arc<Workshop>, closed: watch::Receiver<bool>) -> Router {
    let state = Pages { site, token: workshop.token().into() };
    Router::new()
        .route("/-/live.js", get(live_script))
        .route("/-/news", get(move |upgrade, headers, state| news(upgrade, headers, state, closed)))
        .fallback(page)
        .with_state(state)
        .merge(workshop::router(workshop))
        .layer(from_fn(only_by_our_name))
        .layer(from_fn(never_cached))
}

async fn live_script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript")], LIVE)
}

/// A file of the build, or the book's own 404 page.
async fn page(State(Pages { site, token }): State<Pages>, request: Request) -> Response {
    let build = site.news().borrow().build.clone();
    let Some(pages) = site.pages() else {
        let nothing =
            "<!doctype html><title>Context Switch</title><h1>The book does not build</h1>";
        let page = with_live_script(nothing, &build, &token);
        return (StatusCode::INTERNAL_SERVER_ERROR, Html(page)).into_response();
    };
    let missing = ServeFile::new(pages.path().join("404.html"));
    let mut files = ServeDir::new(pages.path()).not_found_service(missing);
    let response = match files.try_call(request).await {
        Ok(response) => response.map(Body::new),
        Err(error) => {
            return (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response();
        }
    };
    if !is_html(response.headers()) || response.status() == StatusCode::PARTIAL_CONTENT {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => {
            parts.headers.remove(header::CONTENT_LENGTH);
            let html = String::from_utf8_lossy(&bytes);
            (parts, with_live_script(&html, &build, &token)).into_response()
        }
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

fn is_html(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

fn with_live_script(html: &str, build: &str, token: &str) -> String {
    let script = format!(
        "<script src=\"/-/live.js\" data-build=\"{build}\" data-token=\"{token}\"></script>\n"
    );
    match html.rfind("</body>") {
        Some(end) => format!("{}{script}{}", &html[..end], &html[end..]),
        None => format!("{html}{script}"),
    }
}

async fn news(
    upgrade: WebSocketUpgrade,
    headers: HeaderMap,
    State(Pages { site, .. }): State<Pages>,
    closed: watch::Receiver<bool>,
) -> Response {
    // A browser lets any page open a WebSocket to any host; only ours may.
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    if origin.is_some() && origin.and_then(|origin| origin.strip_prefix("http://")) != host {
        return StatusCode::FORBIDDEN.into_response();
    }
    upgrade.on_upgrade(move |socket| tell(socket, site, closed))
}

async fn tell(mut socket: WebSocket, site: Arc<Site>, mut closed: watch::Receiver<bool>) {
    let mut news = site.news();
    loop {
        let now = news.borrow_and_update().clone();
        let Ok(text) = serde_json::to_string(&now) else { return };
        if socket.send(Message::Text(text.into())).await.is_err() {
            return;
        }
        loop {
            tokio::select! {
                changed = news.changed() => match changed {
                    Ok(()) => break,
                    Err(_) => return,
                },
                // Pages say nothing; what comes is the close of the socket.
                heard = socket.recv() => if !matches!(heard, Some(Ok(_))) { return },
                _ = closed.wait_for(|closed| *closed) => return,
            }
        }
    }
}

async fn only_by_our_name(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let name = host.map(|host| host.rsplit_once(':').map_or(host, |(name, _)| name));
    if matches!(name, Some("127.0.0.1" | "localhost")) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "the book answers to 127.0.0.1 and localhost only").into_response()
    }
}

async fn never_cached(request: Request, next: Next) -> Response {
    let mut request = request;
    // Times of files say nothing here: two builds may share a second.
    request.headers_mut().remove(header::IF_MODIFIED_SINCE);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // A page in somebody else's frame could be clicked unseen.
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    response
}

/// Ctrl-C, what a process is asked to end with, or the end of its terminal.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)) = (
            signal(SignalKind::interrupt()),
            signal(SignalKind::terminate()),
            signal(SignalKind::hangup()),
        ) {
            tokio::select! {
                _ = interrupt.recv() => return,
                _ = terminate.recv() => return,
                _ = hangup.recv() => return,
            }
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
