//! A web server of forty lines for pages that prove the harness: what it must find, and what it must leave alone.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

/// As strict as the one of the app, so that the harness is known to work under it.
const POLICY: &str = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'unsafe-inline'; \
                      connect-src 'self'; img-src 'self' data:; base-uri 'none'";

/// Serves these pages on a free port until the process ends; answers its origin.
pub fn serve(pages: &[(&'static str, &str)]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let origin = format!("http://{}", listener.local_addr().expect("bound"));
    let pages: HashMap<&'static str, String> = pages
        .iter()
        .map(|(path, page)| (*path, (*page).to_owned()))
        .collect();
    let pages = Arc::new(pages);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let pages = Arc::clone(&pages);
            std::thread::spawn(move || answer(&stream, &pages));
        }
    });
    origin
}

fn answer(stream: &TcpStream, pages: &HashMap<&'static str, String>) -> Option<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next()?.ok()?;
    while !lines.next()?.ok()?.is_empty() {}
    let path = request.split(' ').nth(1)?;
    let (status, body) = match pages.get(path) {
        Some(page) => ("200 OK", page.as_str()),
        None if path == "/favicon.ico" => ("204 No Content", ""),
        None => ("404 Not Found", "nothing here"),
    };
    let kind = match path.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("json") => "application/json",
        _ => "text/html; charset=utf-8",
    };
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: max-age=60\r\n\
         Content-Security-Policy: {POLICY}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .ok()
}
