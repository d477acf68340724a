//! READMEs as small as brotli can make them, as a bucket holds files that were compressed when they were uploaded.
//!
//! A file is compressed when it is first asked for, and kept. Larger ones, for which that would take a second and more, are
//! left to be compressed while they are sent.

use std::{
    collections::HashMap,
    io::{self, Write},
    sync::{Arc, Mutex},
};

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use bytes::Bytes;

/// Bytes of the largest file that is compressed before it is sent; brotli's best takes some 2 ms for each kilobyte.
const LARGEST: usize = 128 << 10;

/// Bytes of the smallest for which it is worth it.
const SMALLEST: usize = 256;

/// What has been compressed, by its entity tag.
#[derive(Clone, Default)]
pub struct Compressed(Arc<Mutex<HashMap<HeaderValue, Bytes>>>);

impl Compressed {
    /// The answer compressed, if it is a README of that size and whoever asks takes brotli; else as it was.
    pub async fn answer(&self, response: Response, request: &HeaderMap) -> Response {
        let tag = response.headers().get(header::ETAG).cloned();
        let is_readme = response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind == "text/html");
        let Some(tag) = tag.filter(|_| is_readme && takes_brotli(request)) else {
            return response;
        };
        let (mut parts, body) = response.into_parts();
        let Ok(plain) = to_bytes(body, usize::MAX).await else {
            return Response::from_parts(parts, Body::empty());
        };
        let body = if (SMALLEST..=LARGEST).contains(&plain.len()) {
            self.compressed(tag, &plain).await
        } else {
            None
        };
        if body.is_some() {
            let headers = &mut parts.headers;
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        Response::from_parts(parts, Body::from(body.unwrap_or(plain)))
    }

    /// `None` when it could not be compressed, which then is done while it is sent.
    async fn compressed(&self, tag: HeaderValue, plain: &Bytes) -> Option<Bytes> {
        if let Some(kept) = self.0.lock().ok()?.get(&tag) {
            return Some(kept.clone());
        }
        let text = plain.clone();
        let made = tokio::task::spawn_blocking(move || brotli(&text)).await;
        let made = Bytes::from(made.ok()?.ok()?);
        self.0.lock().ok()?.insert(tag, made.clone());
        Some(made)
    }
}

fn takes_brotli(request: &HeaderMap) -> bool {
    let accepted = request.get_all(header::ACCEPT_ENCODING);
    let mut accepted = accepted.iter().filter_map(|value| value.to_str().ok());
    accepted.any(|codings| codings.split(',').any(|coding| coding.trim() == "br"))
}

fn brotli(plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut made = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut made, 4096, 11, 22);
    writer.write_all(plain)?;
    drop(writer);
    Ok(made)
}
