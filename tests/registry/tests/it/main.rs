//! The registry against its contract: what was recorded, what the RFC adds, and what must never happen.
//!
//! One binary, so that everything is linked once. Each test has a registry of its own on free ports and a file of its own.

mod bad_input;
mod claims;
mod contract;
mod ending;
mod faults;
mod harness;
mod hostile;
mod judge;
mod names;
mod owners;
mod property;
mod proxy;
mod proxy_tls;
mod recordings;
mod replay;
mod serving;
mod sessions;
mod tour;
