//! Starting, serving and stopping a registry: three listeners over one database.
//!
//! Stopping waits for the answers that are under way and for the writer, so that nothing that was begun is half done.

use std::{
    convert::Infallible,
    fmt,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::DefaultBodyLimit,
    http::{Request, Response},
    middleware::from_fn_with_state,
    routing::any,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};
use tower::ServiceExt;
use tower_http::compression::{CompressionLayer, CompressionLevel};

use crate::{
    app::{App, AppState, Origins},
    clock::Clock,
    config::Config,
    control, db, faults, files, github, layers, names, pool, proxy, routes,
    seed::{self, Seed},
    session, statics,
};

/// The largest body that is read.
const BODY_LIMIT: usize = 64 * 1024;
/// How long a stop waits for answers that are under way.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why a registry does not start: one sentence.
#[derive(Debug)]
pub struct StartError(String);

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StartError {}

/// A registry that listens.
pub struct Running {
    /// Where.
    pub origins: Origins,
    /// Its state, for tests.
    pub app: AppState,
    stop: watch::Sender<bool>,
    listeners: JoinSet<()>,
}

impl Running {
    /// Stops accepting, lets what is under way finish, and closes the database.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        let _ = tokio::time::timeout(PATIENCE, async {
            while self.listeners.join_next().await.is_some() {}
        })
        .await;
        self.app.pool.close().await;
    }
}

/// Opens the database, binds the three ports and serves.
pub async fn start(config: Config) -> Result<Running, StartError> {
    let app_listener = bind(config.port).await?;
    let files_listener = bind(config.files_port).await?;
    let github_listener = bind(config.github_port).await?;
    let own = format!("http://127.0.0.1:{}", port(&app_listener));
    let origins = Origins {
        app: config.origin.clone().unwrap_or_else(|| own.clone()),
        own,
        files: format!("http://127.0.0.1:{}", port(&files_listener)),
        github: format!("http://localhost:{}", port(&github_listener)),
    };
    let upstream = match &config.api {
        None => None,
        Some(url) => {
            let upstream =
                proxy::Upstream::new(url, &origins.app, config.api_sign_in).map_err(StartError)?;
            let file_host = upstream.greet().await.map_err(StartError)?;
            Some((upstream, file_host))
        }
    };
    let file = config.data.clone();
    let failed = |error: &dyn fmt::Display| {
        StartError(format!(
            "The database {} cannot be used: {error}",
            file.display()
        ))
    };
    let clock = Clock::default();
    let prepared = {
        let config = config.clone();
        tokio::task::spawn_blocking(move || {
            prepare(&config, &clock).map(|(connection, key)| (connection, key, clock))
        })
    };
    let (connection, key, clock) = prepared
        .await
        .map_err(|error| failed(&error))?
        .map_err(|error| failed(&error))?;
    let pool = pool::Pool::new(config.data.clone(), connection).map_err(|error| failed(&error))?;
    let app = Arc::new(App {
        level: config.level,
        variant: config.variant.clone(),
        origins: origins.clone(),
        clock,
        key,
        limiter: names::availability::Limiter::default(),
        faults: faults::Faults::default(),
        pool,
    });
    let (stop, stopped) = watch::channel(false);
    let mut listeners = JoinSet::new();
    listeners.spawn(listen(
        app_listener,
        app_router(&config, Arc::clone(&app), upstream),
        stopped.clone(),
    ));
    listeners.spawn(listen(
        files_listener,
        files::router(app.pool.clone(), &app.origins.files),
        stopped.clone(),
    ));
    listeners.spawn(listen(
        github_listener,
        github::page::router(Arc::clone(&app)),
        stopped,
    ));
    Ok(Running {
        origins,
        app,
        stop,
        listeners,
    })
}

async fn bind(port: u16) -> Result<TcpListener, StartError> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => StartError(format!(
                "Port {port} is taken: choose another with --port, --files-port or --github-port."
            )),
            _ => StartError(format!(
                "Port {port} of 127.0.0.1 cannot be listened on: {error}"
            )),
        })
}

fn port(listener: &TcpListener) -> u16 {
    listener.local_addr().map_or(0, |address| address.port())
}

/// Opens, migrates and, when new, fills the database.
fn prepare(
    config: &Config,
    clock: &Clock,
) -> Result<(rusqlite::Connection, session::Key), seed::Error> {
    if let Some(folder) = config
        .data
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)?;
    }
    let mut connection = db::open(Path::new(&config.data))?;
    if config.clock
        && let Some(offset) = db::setting(&connection, control::CLOCK_OFFSET)?
    {
        clock.set(Clock::with_offset(offset).now());
    }
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let key = match db::setting::<Vec<u8>>(&transaction, "session_key")?
        .as_deref()
        .and_then(session::Key::from_bytes)
    {
        Some(key) => key,
        None => {
            let key =
                session::Key::random().map_err(|error| format!("no random bytes: {error}"))?;
            db::set_setting(&transaction, "session_key", key.as_bytes())?;
            if config.seed != Seed::None {
                tracing::info!(seed = ?config.seed, "filling the new database");
                seed::run(config.seed, &transaction, clock.now())?;
            }
            if let Some(count) = config.scale {
                tracing::info!(count, "adding very many crates");
                seed::scale::fill(&transaction, clock.now(), count)?;
            }
            key
        }
    };
    github::stories::install(&transaction)?;
    transaction.commit()?;
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok((connection, key))
}

/// The router of the app's port: the API, the control calls, and the app's files for everything else.
pub fn app_router(
    config: &Config,
    app: AppState,
    upstream: Option<(proxy::Upstream, Option<String>)>,
) -> Router {
    let file_host = upstream
        .as_ref()
        .and_then(|(_, file_host)| file_host.as_deref());
    let statics =
        statics::Statics::new(config.dist.clone(), file_host.unwrap_or(&app.origins.files));
    let files = Router::new().fallback(statics::serve).with_state(statics);
    let api = match upstream {
        None => routes::router()
            .layer(DefaultBodyLimit::max(BODY_LIMIT))
            .layer(from_fn_with_state(Arc::clone(&app), layers::api)),
        Some((upstream, _)) => Router::new()
            .route("/api", any(proxy::pass_on))
            .route("/api/{*rest}", any(proxy::pass_on))
            .with_state(upstream),
    };
    let mut router = Router::new()
        .merge(api)
        .merge(control::router(config).layer(DefaultBodyLimit::max(BODY_LIMIT)))
        .with_state(Arc::clone(&app))
        .fallback_service(files)
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)));
    if config.faults {
        router = router.layer(from_fn_with_state(Arc::clone(&app), layers::faults));
    }
    router.layer(from_fn_with_state(app, layers::outermost))
}

async fn listen(listener: TcpListener, router: Router, mut stopped: watch::Receiver<bool>) {
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.wait_for(|stopped| *stopped) => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let service = service_fn(move |request: Request<Incoming>| answer(router.clone(), request));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(layers::TIMEOUT)
            .max_buf_size(64 * 1024)
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

/// Asks the router; an answer marked so cuts the connection.
async fn answer(
    router: Router,
    mut request: Request<Incoming>,
) -> Result<Response<Body>, &'static str> {
    layers::normalize(request.uri_mut());
    let Ok(mut answer): Result<_, Infallible> = router.oneshot(request.map(Body::new)).await;
    match answer.extensions_mut().remove::<layers::CutConnection>() {
        Some(_) => Err("cut on purpose"),
        None => Ok(answer),
    }
}
