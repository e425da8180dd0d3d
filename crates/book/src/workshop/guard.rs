//! Who may run programs: a page that this process served, in a browser.
//!
//! Five things have to hold, each of which stops somebody else:
//!
//! - `Host` is this server's address: a foreign name that was pointed at this
//!   machine (DNS rebinding) is not.
//! - `Origin` is the same address: other sites, and pages that other users of
//!   this machine serve at other ports, have their own, and a browser lets no
//!   script change it.
//! - The token stands in the HTML of the pages, where scripts of other origins
//!   cannot read it.
//! - `Sec-Fetch-Site`, where a browser sends it, says `same-origin`.
//! - The connection is the reader's own, see [`peer`]: another user of this
//!   machine can read the pages, and without a browser send any header.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Result;
use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::peer;
use super::refusal::Refusal;
use crate::read::client::Client;

/// The header that carries the token.
pub const TOKEN: &str = "x-context-switch-token";

/// The one page that is let in.
pub struct Guard {
    own: SocketAddr,
    hosts: [String; 2],
    token: String,
}

impl Guard {
    /// For the server at `port` of this machine, with a token of its own.
    ///
    /// # Errors
    ///
    /// If the system has no random bytes.
    pub fn new(port: u16) -> Result<Self> {
        let mut secret = [0; 16];
        getrandom::fill(&mut secret)?;
        let token = secret.iter().map(|byte| format!("{byte:02x}")).collect();
        let own = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        Ok(Self { own, hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")], token })
    }

    /// The token, 32 hexadecimal digits.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// # Errors
    ///
    /// What is wrong with the request, in words for whoever reads the network log.
    fn check(&self, headers: &HeaderMap) -> Result<(), &'static str> {
        let host = only(headers, header::HOST.as_str()).ok_or("no Host header")?;
        if !self.hosts.iter().any(|own| own == host) {
            return Err("the Host is not this server's address");
        }
        let origin = only(headers, header::ORIGIN.as_str()).ok_or("no Origin header")?;
        if origin.strip_prefix("http://") != Some(host) {
            return Err("the Origin is not this server");
        }
        if headers.contains_key("sec-fetch-site")
            && only(headers, "sec-fetch-site") != Some("same-origin")
        {
            return Err("the request comes from another site");
        }
        let token = only(headers, TOKEN).ok_or("no token: load the page again")?;
        if !same(token, &self.token) {
            return Err("the token is not this server's: load the page again");
        }
        Ok(())
    }
}

/// The value of a header that is there exactly once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// Compares without telling by the time it takes where two texts differ.
fn same(a: &str, b: &str) -> bool {
    let differences = a.bytes().zip(b.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    a.len() == b.len() && differences == 0
}

/// Lets a request through or answers it with 403.
pub(super) async fn check(
    State(guard): State<Arc<Guard>>,
    Extension(client): Extension<Client>,
    request: Request,
    next: Next,
) -> Response {
    let checked = guard.check(request.headers()).and_then(|()| {
        let is_ours = peer::is_this_user(client.address, guard.own);
        if is_ours { Ok(()) } else { Err("the system does not say that you are this user") }
    });
    match checked {
        Ok(()) => next.run(request).await,
        Err(why) => Refusal(StatusCode::FORBIDDEN, why.to_owned()).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The headers of a page's own request, with some replaced or taken away.
    fn request(guard: &Guard, changes: &[(&'static str, Option<&str>)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("host", "127.0.0.1:3000".parse().unwrap());
        headers.insert("origin", "http://127.0.0.1:3000".parse().unwrap());
        headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
        headers.insert(TOKEN, guard.token().parse().unwrap());
        for (name, value) in changes {
            headers.remove(*name);
            if let Some(value) = value {
                headers.insert(*name, value.parse().unwrap());
            }
        }
        headers
    }

    #[test]
    fn the_page_itself_is_let_in() {
        let guard = Guard::new(3000).unwrap();
        assert_eq!(guard.check(&request(&guard, &[])), Ok(()));
        let named = [("host", Some("localhost:3000")), ("origin", Some("http://localhost:3000"))];
        assert_eq!(guard.check(&request(&guard, &named)), Ok(()));
        assert_eq!(guard.check(&request(&guard, &[("sec-fetch-site", None)])), Ok(()));
    }

    #[test]
    fn everybody_else_is_not() {
        let guard = Guard::new(3000).unwrap();
        let other = Guard::new(3000).unwrap();
        for (name, value) in [
            ("host", None),
            ("host", Some("127.0.0.1")),
            ("host", Some("127.0.0.1:3001")),
            ("host", Some("evil.example:3000")),
            ("origin", None),
            ("origin", Some("null")),
            ("origin", Some("http://evil.example")),
            ("origin", Some("http://127.0.0.1:3001")),
            ("origin", Some("https://127.0.0.1:3000")),
            ("origin", Some("http://localhost:3000")),
            ("sec-fetch-site", Some("cross-site")),
            ("sec-fetch-site", Some("same-site")),
            (TOKEN, None),
            (TOKEN, Some("")),
            (TOKEN, Some(&guard.token()[1..])),
            (TOKEN, Some(other.token())),
        ] {
            let checked = guard.check(&request(&guard, &[(name, value)]));
            assert!(checked.is_err(), "{name}: {value:?} is let in");
        }
    }

    #[test]
    fn a_header_given_twice_is_no_header() {
        let guard = Guard::new(3000).unwrap();
        let mut headers = request(&guard, &[]);
        headers.append("host", "evil.example".parse().unwrap());
        assert_eq!(guard.check(&headers), Err("no Host header"));
    }

    #[test]
    fn no_two_processes_share_a_token() {
        let (one, two) = (Guard::new(1).unwrap(), Guard::new(1).unwrap());
        assert_ne!(one.token(), two.token());
        assert_eq!(one.token().len(), 32);
    }
}
