//! An existing server instead of the embedded API: `/api` is passed on to it.
//!
//! What that server checks is put right on the way: its own origin in `Origin`, its own host in `Host`, and no `Domain`
//! on its cookies. Knows nothing of what the calls mean, but for signing in, which leads away from here.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};

use crate::error::ApiError;

/// Headers that are about one connection, not about the answer.
const HOP_BY_HOP: [&str; 7] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// The server that answers instead.
#[derive(Clone)]
pub struct Upstream {
    /// Scheme and authority, without a slash at the end.
    origin: String,
    host: HeaderValue,
    /// This registry's own origin, the only one that may write.
    own: String,
    /// Whether its GitHub application returns to this origin.
    sign_in: bool,
    client: Client<HttpsConnector<HttpConnector>, Body>,
}

impl Upstream {
    /// Reads the address of a server; a mistake is one sentence.
    pub fn new(url: &str, own: &str, sign_in: bool) -> Result<Self, String> {
        let wrong =
            || format!("`{url}` is not the address of a server, such as https://crates.io.");
        let uri: Uri = url.parse().map_err(|_| wrong())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(wrong());
        };
        let bare = uri.path().is_empty() || uri.path() == "/";
        if !["http", "https"].contains(&scheme) || !bare || uri.query().is_some() {
            return Err(wrong());
        }
        // A registry inside a company has a certificate that only its own machines trust; where the machine keeps no list,
        // the web's will do.
        let connector = match HttpsConnectorBuilder::new().with_native_roots() {
            Ok(builder) => builder,
            Err(_) => HttpsConnectorBuilder::new().with_webpki_roots(),
        };
        let connector = connector.https_or_http().enable_http1().build();
        Ok(Self {
            origin: format!("{scheme}://{authority}"),
            host: HeaderValue::from_str(authority.as_str()).map_err(|_| wrong())?,
            own: own.to_owned(),
            sign_in,
            client: Client::builder(TokioExecutor::new()).build(connector),
        })
    }

    /// Asks for something every such server has, and returns the origin of its files; unreachable is one sentence.
    pub async fn greet(&self) -> Result<Option<String>, String> {
        let unreachable =
            |why: String| format!("The server {} cannot be reached: {why}", self.origin);
        let request = Request::get("/api/v1/site_metadata")
            .header(header::USER_AGENT, "nameplate-registry")
            .body(Body::empty());
        let request = request.map_err(|error| unreachable(error.to_string()))?;
        let answer =
            tokio::time::timeout(std::time::Duration::from_secs(10), self.pass(request)).await;
        match answer {
            Ok(Ok(answer)) if answer.status().is_success() => Ok(file_host(answer).await),
            Ok(Ok(answer)) => Err(unreachable(format!(
                "it answers {} to /api/v1/site_metadata.",
                answer.status()
            ))),
            Ok(Err(error)) => Err(unreachable(error)),
            Err(_) => Err(unreachable("it does not answer.".to_owned())),
        }
    }

    async fn pass(&self, mut request: Request) -> Result<Response, String> {
        let path = request
            .uri()
            .path_and_query()
            .map_or("/", |path| path.as_str());
        *request.uri_mut() = format!("{}{path}", self.origin)
            .parse()
            .map_err(|_| "the address is malformed.".to_owned())?;
        forget_connection(request.headers_mut());
        let origin = HeaderValue::from_str(&self.origin).map_err(|error| error.to_string())?;
        let headers = request.headers_mut();
        headers.insert(header::HOST, self.host.clone());
        // Only this origin is put right: a write of a third site is to be refused over there.
        if headers
            .get(header::ORIGIN)
            .is_some_and(|from| is_own(from, &self.own))
        {
            headers.insert(header::ORIGIN, origin);
        }
        // Where the request came from is nobody's business over there.
        headers.remove(header::REFERER);
        let answer = self
            .client
            .request(request)
            .await
            .map_err(|error| reason(&error))?;
        let (mut parts, body) = answer.into_parts();
        forget_connection(&mut parts.headers);
        let cookies: Vec<HeaderValue> = parts
            .headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(without_domain)
            .collect();
        parts.headers.remove(header::SET_COOKIE);
        for cookie in cookies {
            parts.headers.append(header::SET_COOKIE, cookie);
        }
        Ok(Response::from_parts(parts, Body::new(body)))
    }
}

/// Passes a call on.
pub async fn pass_on(State(upstream): State<Upstream>, request: Request) -> Response {
    let begins =
        *request.method() == Method::POST && request.uri().path() == "/api/private/session/begin";
    if begins && !upstream.sign_in {
        let origin = &upstream.origin;
        let detail = format!(
            "You cannot sign in here: GitHub would send you back to {origin} and not to this page."
        );
        return ApiError::new(StatusCode::SERVICE_UNAVAILABLE, detail).into_response();
    }
    match upstream.pass(request).await {
        Ok(answer) => answer,
        Err(error) => {
            tracing::warn!(%error, "the other server did not answer");
            let detail = format!("The server {} cannot be reached.", upstream.origin);
            ApiError::new(StatusCode::BAD_GATEWAY, detail).into_response()
        }
    }
}

/// The origin of `cdn_base`, from which READMEs are read.
async fn file_host(metadata: Response) -> Option<String> {
    let body = axum::body::to_bytes(metadata.into_body(), 64 * 1024)
        .await
        .ok()?;
    let metadata: serde_json::Value = serde_json::from_slice(&body).ok()?;
    let base: Uri = metadata.get("cdn_base")?.as_str()?.parse().ok()?;
    let scheme = base.scheme_str().unwrap_or("https");
    // It becomes part of a policy: nothing but a scheme, a host and a port.
    ["http", "https"]
        .contains(&scheme)
        .then(|| {
            format!(
                "{scheme}://{}",
                base.authority()
                    .map(|authority| authority.as_str())
                    .unwrap_or_default()
            )
        })
        .filter(|origin| !origin.ends_with("//"))
}

fn is_own(origin: &HeaderValue, own: &str) -> bool {
    origin
        .to_str()
        .is_ok_and(|origin| origin == own || origin == own.replace("//127.0.0.1", "//localhost"))
}

fn forget_connection(headers: &mut HeaderMap) {
    for name in HOP_BY_HOP {
        headers.remove(HeaderName::from_static(name));
    }
}

/// A cookie for whoever answered, which is this origin.
fn without_domain(cookie: &HeaderValue) -> Option<HeaderValue> {
    let text = cookie.to_str().ok()?;
    let attributes = text.split(';').filter(|part| {
        !part
            .trim_start()
            .to_ascii_lowercase()
            .starts_with("domain=")
    });
    HeaderValue::from_str(&attributes.collect::<Vec<_>>().join(";")).ok()
}

/// The innermost reason, which is the one that helps.
fn reason(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_an_origin_or_refused() {
        for good in ["https://crates.io", "http://127.0.0.1:8888/"] {
            assert!(
                Upstream::new(good, "http://127.0.0.1:1", false).is_ok(),
                "{good}"
            );
        }
        for bad in [
            "crates.io",
            "ftp://crates.io",
            "https://crates.io/api",
            "https://",
            "",
            "https://a b",
        ] {
            assert!(
                Upstream::new(bad, "http://127.0.0.1:1", false).is_err(),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_cookie_loses_its_domain_and_nothing_else() {
        let cookie = HeaderValue::from_static(
            "cargo_session=x; Domain=crates.io; HttpOnly; SameSite=Strict; Secure; Path=/",
        );
        assert_eq!(
            without_domain(&cookie).unwrap(),
            "cargo_session=x; HttpOnly; SameSite=Strict; Secure; Path=/"
        );
    }
}
