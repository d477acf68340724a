//! Another server's API over TLS, with a certificate that this machine trusts or does not.

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use serde_json::Value;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use crate::harness::{Registry, Scratch, exchange};

/// Speaks TLS before `upstream`; returns the port and the certificate, as PEM.
async fn before(upstream: &Registry) -> (u16, String) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed([String::from("localhost")]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let plain = upstream.app().trim_start_matches("http://").to_owned();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, plain) = (acceptor.clone(), plain.clone());
            tokio::spawn(async move {
                if let Ok(mut outside) = acceptor.accept(stream).await {
                    let mut inside = TcpStream::connect(plain).await.unwrap();
                    // Either side may hang up when it likes.
                    let _ = copy_bidirectional(&mut outside, &mut inside).await;
                }
            });
        }
    });
    (port, cert.pem())
}

/// The program before a server at `port`, on a machine that trusts the certificates in `trusted`.
fn program(port: u16, data: &Path, trusted: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_nameplate-registry"))
        .args(["--port", "0", "--api"])
        .arg(format!("https://localhost:{port}"))
        .arg("--data")
        .arg(data)
        .env("SSL_CERT_FILE", trusted)
        .env_remove("SSL_CERT_DIR")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_a_certificate_this_machine_trusts_is_passed_on_to() {
    let upstream = Registry::demo().await;
    let (port, pem) = before(&upstream).await;
    let scratch = Scratch::new();
    let trusted = scratch.file("trusted.pem");
    std::fs::write(&trusted, pem).unwrap();
    let mut child = program(port, &scratch.file("a.db"), &trusted);
    let mut line = String::new();
    let stdout = child.stdout.take().unwrap();
    BufReader::new(stdout).read_line(&mut line).unwrap();
    let origins: Value = serde_json::from_str(&line).unwrap_or_else(|_| {
        let mut said = String::new();
        let _ = child.stderr.take().unwrap().read_to_string(&mut said);
        panic!("{line}{said}")
    });
    let answer = exchange(
        origins["app"].as_str().unwrap(),
        "GET",
        "/api/v1/users/ferris",
        &[(String::from("user-agent"), String::from("test"))],
        Vec::new(),
    )
    .await;
    child.kill().unwrap();
    child.wait().unwrap();
    let answer = answer.unwrap();
    assert_eq!(answer.json()["user"]["login"], "ferris");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_this_machine_does_not_trust_is_one_clear_sentence() {
    let upstream = Registry::empty().await;
    let (port, _) = before(&upstream).await;
    let (_, another) = before(&upstream).await;
    let scratch = Scratch::new();
    let trusted = scratch.file("trusted.pem");
    std::fs::write(&trusted, another).unwrap();
    let child = program(port, &scratch.file("a.db"), &trusted);
    let output = tokio::task::spawn_blocking(|| child.wait_with_output().unwrap());
    let output = output.await.unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    let sentence = said.trim();
    let start =
        format!("nameplate-registry: The server https://localhost:{port} cannot be reached: ");
    assert!(sentence.starts_with(&start), "{said}");
    assert!(
        sentence.contains("certificate") && !sentence.contains('\n'),
        "{said}"
    );
}
