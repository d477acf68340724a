//! Load on a registry of 200,000 crates: how long answers take, and how much memory they take.
//!
//! Starts the registry as a process of its own, asks it at a steady rate whether or not answers are slow, and measures
//! from the moment a request was due. Ends with an error when a target is missed.

mod names;
mod server;

use std::{
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use http_body_util::{BodyExt, Empty};
use hyper::{Request, body::Bytes, client::conn::http1::SendRequest};
use hyper_util::rt::TokioIo;
use nameplate_registry::session::{Session, USER_ID};
use tokio::{net::TcpStream, sync::Mutex, task::JoinSet};

use crate::{names::Names, server::Server};

/// What is asked for.
const KINDS: [&str; 5] = ["user", "crate", "owners", "list", "availability"];
/// How many searches for a word that thousands of crates have in their name are timed afterwards, one after another.
const SEARCHES: usize = 50;
const CONNECTIONS: usize = 32;
const TARGET_P99: Duration = Duration::from_millis(50);
const TARGET_MEMORY_KIB: u64 = 150 * 1024;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What the command line asks for.
struct Wishes {
    crates: u32,
    rate: u32,
    seconds: u32,
    data: PathBuf,
}

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let outcome = match (wishes(), runtime) {
        (Ok(wishes), Ok(runtime)) => runtime.block_on(run(&wishes)),
        (Err(error), _) => Err(error),
        (_, Err(error)) => Err(error.into()),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("registry-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn wishes() -> Result<Wishes, Failure> {
    let mut wishes = Wishes {
        crates: 200_000,
        rate: 200,
        seconds: 30,
        data: PathBuf::from("target/registry-bench.db"),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(flag) = arguments.next() {
        let value = arguments
            .next()
            .ok_or_else(|| format!("{flag} needs a value."))?;
        match flag.as_str() {
            "--crates" => wishes.crates = value.parse()?,
            "--rate" => wishes.rate = value.parse()?,
            "--seconds" => wishes.seconds = value.parse()?,
            "--data" => wishes.data = PathBuf::from(value),
            other => {
                return Err(format!(
                    "`{other}` is not an option: --crates, --rate, --seconds, --data."
                )
                .into());
            }
        }
    }
    if wishes.rate == 0 || wishes.seconds == 0 {
        return Err("--rate and --seconds have to be positive.".into());
    }
    Ok(wishes)
}

/// What became of one request.
struct Sample {
    kind: &'static str,
    took: Duration,
    status: u16,
    bytes: usize,
}

async fn run(wishes: &Wishes) -> Result<bool, Failure> {
    let fresh = !wishes.data.exists();
    if fresh {
        println!(
            "filling {} with {} crates",
            wishes.data.display(),
            wishes.crates
        );
        let started = Instant::now();
        drop(Server::start(wishes)?);
        println!("filled in {:.1} s", started.elapsed().as_secs_f64());
    }
    let size = std::fs::metadata(&wishes.data)?.len() / (1024 * 1024);
    let started = Instant::now();
    let server = Server::start(wishes)?;
    println!(
        "database of {size} MiB, started in {} ms",
        started.elapsed().as_millis()
    );
    let names = Arc::new(Names::read(&wishes.data)?);
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(Arc::new(Mutex::new(connect(&server.app).await?)));
    }
    let total = wishes.rate * wishes.seconds;
    let gap = Duration::from_secs(1) / wishes.rate;
    let begin = Instant::now() + Duration::from_millis(100);
    let mut requests = JoinSet::new();
    for number in 0..total as usize {
        let due = begin + gap * u32::try_from(number)?;
        tokio::time::sleep_until(due.into()).await;
        let kind = KINDS[number % KINDS.len()];
        let (path, user) = names.request(kind, number).ok_or("the database is empty")?;
        let connection = Arc::clone(&connections[number % CONNECTIONS]);
        let (host, names) = (server.app.clone(), Arc::clone(&names));
        requests.spawn(async move {
            let mut request = Request::get(path)
                .header("host", host)
                .header("user-agent", "registry-bench");
            if let Some(user) = user {
                let mut session = Session::default();
                session.set(USER_ID, user.to_string());
                request = request.header("cookie", session.cookie(&names.key));
            }
            let request = request.body(Empty::<Bytes>::new())?;
            let mut sender = connection.lock().await;
            sender.ready().await?;
            let answer = sender.send_request(request).await?;
            let status = answer.status().as_u16();
            let bytes = answer.into_body().collect().await?.to_bytes().len();
            Ok::<_, Failure>(Sample {
                kind,
                took: due.elapsed(),
                status,
                bytes,
            })
        });
    }
    let mut samples = Vec::new();
    while let Some(sample) = requests.join_next().await {
        samples.push(sample??);
    }
    let rate = f64::from(total) / begin.elapsed().as_secs_f64();
    println!("{total} requests, {rate:.0} a second over {CONNECTIONS} connections\n");
    let fast = report(&samples);
    searches(&server.app, &names).await?;
    if let Some(busy) = server.processor_time() {
        println!(
            "processor time of the registry since its start: {:.1} s",
            busy.as_secs_f64()
        );
    }
    let memory = server.peak_memory();
    match memory {
        Some(memory) => println!(
            "\nmost memory: {:.1} MiB (target {} MiB)",
            memory as f64 / 1024.0,
            TARGET_MEMORY_KIB / 1024
        ),
        None => println!("\nmemory is not to be had on this system"),
    }
    Ok(fast && memory.is_none_or(|memory| memory < TARGET_MEMORY_KIB))
}

/// Times broad searches. They have no target: what they find is thousands of rows to rank.
async fn searches(address: &str, names: &Names) -> Result<(), Failure> {
    let mut sender = connect(address).await?;
    let mut times = Vec::new();
    for number in 0..SEARCHES {
        let (path, _) = names
            .request("search", number)
            .ok_or("the database is empty")?;
        let request = Request::get(path)
            .header("host", address)
            .header("user-agent", "registry-bench");
        let started = Instant::now();
        let answer = sender
            .send_request(request.body(Empty::<Bytes>::new())?)
            .await?;
        answer.into_body().collect().await?;
        times.push(started.elapsed());
        sender.ready().await?;
    }
    times.sort_unstable();
    let at = |index: usize| {
        times
            .get(index)
            .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    println!(
        "\nsearch for a word of many names: median {:.1} ms, slowest {:.1} ms of {SEARCHES}",
        at(SEARCHES / 2),
        at(SEARCHES - 1)
    );
    Ok(())
}

/// Prints a line for each kind; says whether all are as fast as they should be.
fn report(samples: &[Sample]) -> bool {
    println!(
        "{:<14}{:>8}{:>10}{:>10}{:>10}{:>10}{:>10}",
        "", "count", "p50 ms", "p95 ms", "p99 ms", "max ms", "kB each"
    );
    let mut good = true;
    for kind in KINDS {
        let mut times: Vec<Duration> = samples
            .iter()
            .filter(|sample| sample.kind == kind)
            .map(|sample| sample.took)
            .collect();
        times.sort_unstable();
        let of_kind = || samples.iter().filter(|sample| sample.kind == kind);
        let refused = of_kind().filter(|sample| sample.status != 200).count();
        let bytes: usize = of_kind().map(|sample| sample.bytes).sum();
        let at = |share: f64| {
            times
                .get(((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1)))
                .copied()
                .unwrap_or_default()
        };
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        println!(
            "{kind:<14}{:>8}{:>10.2}{:>10.2}{:>10.2}{:>10.2}{:>10.1}",
            times.len(),
            ms(at(0.5)),
            ms(at(0.95)),
            ms(at(0.99)),
            ms(at(1.0)),
            bytes as f64 / 1000.0 / times.len().max(1) as f64
        );
        if refused > 0 {
            println!("{:<14}{refused} were not answered with 200", "");
        }
        good &= refused == 0 && !times.is_empty() && at(0.99) < TARGET_P99;
    }
    println!(
        "target: p99 under {} ms and every answer a 200: {}",
        TARGET_P99.as_millis(),
        if good { "met" } else { "MISSED" }
    );
    good
}

async fn connect(address: &str) -> Result<SendRequest<Empty<Bytes>>, Failure> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}
