//! The program `nameplate-registry`.

use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};

use nameplate_registry::{cli, server};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let config = match cli::parse(std::env::args().skip(1)) {
        Ok(cli::Command::Serve(config)) => *config,
        Ok(cli::Command::Help) => {
            print!("{}", cli::USAGE);
            return ExitCode::SUCCESS;
        }
        Err(sentence) => return fail(&sentence),
    };
    let filter =
        EnvFilter::try_from_env("NAMEPLATE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        logs.init()
    } else {
        logs.json().init()
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(16)
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => runtime.block_on(serve(config)),
        Err(error) => fail(&format!("No threads to be had: {error}")),
    }
}

async fn serve(config: nameplate_registry::config::Config) -> ExitCode {
    let running = match server::start(config).await {
        Ok(running) => running,
        Err(error) => return fail(&error.to_string()),
    };
    // Whoever started this waits for the line; a closed pipe is no reason to die.
    let mut stdout = std::io::stdout();
    let _ =
        writeln!(stdout, "{}", serde_json::json!(running.origins)).and_then(|()| stdout.flush());
    stop_signal().await;
    running.stop().await;
    ExitCode::SUCCESS
}

/// Resolves on Ctrl-C and on SIGTERM.
async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

fn fail(sentence: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "nameplate-registry: {sentence}");
    ExitCode::FAILURE
}
