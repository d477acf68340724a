//! Connections: a few readers, one writer, none of them ever used on an async thread.
//!
//! WAL lets readers go on while the writer commits. Work handed in runs to its end even when the client that asked for
//! it is gone, so a write is either refused, lost before it began, or committed.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::{Mutex as AsyncMutex, Semaphore};

use crate::{
    db,
    error::{ApiError, ApiResult},
};

const READERS: usize = 4;

/// The database of a running registry.
#[derive(Clone)]
pub struct Pool {
    path: Arc<PathBuf>,
    readers: Arc<Mutex<Vec<Connection>>>,
    reading: Arc<Semaphore>,
    writer: Arc<AsyncMutex<Option<Connection>>>,
}

impl Pool {
    /// Takes over the writing connection and opens the readers.
    pub fn new(path: PathBuf, writer: Connection) -> rusqlite::Result<Self> {
        let readers = (0..READERS)
            .map(|_| db::open_reader(&path))
            .collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(Self {
            path: Arc::new(path),
            readers: Arc::new(Mutex::new(readers)),
            reading: Arc::new(Semaphore::new(READERS)),
            writer: Arc::new(AsyncMutex::new(Some(writer))),
        })
    }

    /// Runs `work` on one consistent view of the database.
    pub async fn read<T, F>(&self, work: F) -> ApiResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> ApiResult<T> + Send + 'static,
    {
        let permit = Arc::clone(&self.reading)
            .acquire_owned()
            .await
            .map_err(|_| ApiError::internal())?;
        let pool = self.clone();
        run(move || {
            let _permit = permit;
            let spare = pool.spare_readers().pop();
            let mut connection = match spare {
                Some(connection) => connection,
                // A reader was lost in a panic: open another.
                None => db::open_reader(&pool.path)?,
            };
            let outcome = connection
                .transaction()
                .map_err(ApiError::from)
                .and_then(|transaction| work(&transaction));
            pool.spare_readers().push(connection);
            outcome
        })
        .await
    }

    /// Runs `work` in one transaction that nothing else writes beside; commits when it succeeds.
    pub async fn write<T, F>(&self, work: F) -> ApiResult<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> ApiResult<T> + Send + 'static,
    {
        let mut writer = Arc::clone(&self.writer).lock_owned().await;
        let path = Arc::clone(&self.path);
        run(move || {
            let mut connection = match writer.take() {
                Some(connection) => connection,
                None => db::open(&path)?,
            };
            let outcome = (|| {
                let transaction =
                    connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let value = work(&transaction)?;
                transaction.commit()?;
                Ok(value)
            })();
            *writer = Some(connection);
            outcome
        })
        .await
    }

    /// Waits for the last write, and leaves a single file behind.
    pub async fn close(&self) {
        let mut writer = Arc::clone(&self.writer).lock_owned().await;
        let readers = std::mem::take(&mut *self.spare_readers());
        let _ = tokio::task::spawn_blocking(move || {
            drop(readers);
            if let Some(connection) = writer.take()
                && let Err(error) = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")
            {
                tracing::warn!(%error, "the write-ahead log stays beside the database");
            }
        })
        .await;
    }

    fn spare_readers(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn run<T: Send + 'static>(
    work: impl FnOnce() -> ApiResult<T> + Send + 'static,
) -> ApiResult<T> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| {
            tracing::error!(%error, "work on the database panicked");
            Err(ApiError::internal())
        })
}
